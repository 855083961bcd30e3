import { describe, expect, test } from "vitest";
import simulator from "../../adapters/qvax/simulator.ts";
import type { PlatformEvent, RosterEntry } from "../../schema/adapter.ts";
import { ExternalId, type Instant, plusMinutes } from "../../schema/primitives.ts";
import {
  charleroi,
  entry,
  evening,
  invitation,
  mons,
  numberOf,
  numbers,
  onlyOne,
  openQvax,
  pullAll,
} from "./qvax-scene.ts";

const numbersOf = (entries: RosterEntry[]) => entries.map(({ nationalNumber }) => nationalNumber);
const people = (count: number) => Array.from({ length: count }, (_, at) => entry(numberOf(at + 1)));

describe("the list", () => {
  test("holds one person under one number, however often and by whichever way they are put", async () => {
    const qvax = await openQvax();
    const signedUp = onlyOne(qvax.bench.addPeople([entry(numbers.an, { givenName: "Anna" })]));
    const { externalId } = await qvax.ports.roster.put(entry(numbers.an));
    await qvax.ports.roster.put(entry(numbers.an, { externalId }));
    const unknown = ExternalId.parse("QX-NOBODY");
    expect(await qvax.ports.roster.put(entry(numbers.an, { externalId: unknown }))).toEqual({ externalId });
    expect(externalId).toBe(signedUp);
    expect(await pullAll(qvax)).toMatchObject([{ externalId, givenName: "An" }]);
  });

  test("keeps the registration when a BIS number gives way to a register number", async () => {
    const qvax = await openQvax();
    const { externalId } = await qvax.ports.roster.put(entry(numbers.bis));
    await qvax.ports.roster.put(entry(numbers.bea, { externalId }));
    expect(await pullAll(qvax)).toMatchObject([{ externalId, nationalNumber: numbers.bea }]);
    expect((await qvax.ports.roster.put(entry(numbers.bis))).externalId).not.toBe(externalId);
  });

  test("writes the registration that holds the number when the name given was another's", async () => {
    const qvax = await openQvax();
    const an = await qvax.ports.roster.put(entry(numbers.an));
    const bea = await qvax.ports.roster.put(entry(numbers.bea));
    expect(await qvax.ports.roster.put(entry(numbers.bea, { externalId: an.externalId }))).toEqual(bea);
    expect(new Set(numbersOf(await pullAll(qvax)))).toEqual(new Set([numbers.an, numbers.bea]));
    expect(qvax.bench.people()).toHaveLength(2);
  });

  test("refuses a number whose check digits are wrong", async () => {
    const { ports } = await openQvax();
    await expect(ports.roster.put(entry("50011599796"))).rejects.toMatchObject({ fault: "rejected" });
  });

  test("holds people without a mobile whom the helpline registered", async () => {
    const qvax = await openQvax();
    qvax.bench.addPeople([entry(numbers.an, { contact: { email: "an@example.org" } })]);
    expect(await pullAll(qvax)).toMatchObject([{ contact: { email: "an@example.org" } }]);
  });

  test("assigns the centre by postcode, and again when somebody moves", async () => {
    const qvax = await openQvax();
    const { externalId } = await qvax.ports.roster.put(entry(numbers.an, { postcode: "6030" }));
    expect(await pullAll(qvax)).toMatchObject([{ centres: [charleroi] }]);
    await qvax.ports.roster.put(entry(numbers.an, { externalId, postcode: "7012" }));
    expect(await pullAll(qvax)).toMatchObject([{ centres: [mons] }]);
    await qvax.ports.roster.put(entry(numbers.an, { externalId, postcode: undefined }));
    expect(await pullAll(qvax)).toMatchObject([{ centres: [] }]);
  });

  test("keeps whoever left as such, and takes them back with all that they enter", async () => {
    const qvax = await openQvax();
    const { externalId } = await qvax.ports.roster.put(entry(numbers.an));
    await qvax.ports.roster.close({ externalId, reason: "vaccinated" });
    await qvax.ports.roster.close({ externalId, reason: "vaccinated" });
    expect(qvax.bench.people()).toEqual([{ externalId, state: "left" }]);
    expect(await qvax.ports.roster.put(entry(numbers.an))).toEqual({ externalId });
    expect(qvax.bench.people()).toEqual([{ externalId, state: "active" }]);
    const unknown = ExternalId.parse("QX-NOBODY");
    await expect(
      qvax.ports.roster.close({ externalId: unknown, reason: "withdrawn" }),
    ).resolves.toBeUndefined();
  });
});

describe("the cursor", () => {
  test("misses nobody who changes or comes while one pages", async () => {
    const qvax = await openQvax();
    const ids = qvax.bench.addPeople(people(900));
    const first = await qvax.ports.roster.pull({});
    expect(first).toMatchObject({ complete: false });
    const [seen, unseen] = [entry(numberOf(1)), entry(numberOf(899))];
    await qvax.ports.roster.put({ ...seen, givenName: "Seen" });
    await qvax.ports.roster.put({ ...unseen, givenName: "Unseen" });
    await qvax.ports.roster.put(entry(numberOf(901)));
    const second = await qvax.ports.roster.pull({ cursor: first.next });
    const names = second.records.map(({ value }) => value.givenName);
    expect(names).toContain("Seen");
    expect(names.filter((name) => name === "Unseen")).toHaveLength(1);
    const all = new Set([...first.records, ...second.records].map(({ value }) => value.externalId));
    expect(second.complete).toBe(true);
    expect(all.size).toBe(ids.length + 1);
  });

  test("returns the same page again, and resumes after the last one", async () => {
    const qvax = await openQvax();
    qvax.bench.addPeople(people(3));
    const page = await qvax.ports.roster.pull({});
    expect(await qvax.ports.roster.pull({})).toEqual(page);
    const after = await qvax.ports.roster.pull({ cursor: page.next });
    expect(after).toEqual({ records: [], next: page.next, complete: true });
    qvax.bench.addPeople([entry(numberOf(4))]);
    const later = await qvax.ports.roster.pull({ cursor: after.next });
    expect(numbersOf(later.records.map(({ value }) => value))).toEqual([numberOf(4)]);
  });

  test("does not bring back what a repeated write left as it was", async () => {
    const qvax = await openQvax();
    await qvax.ports.roster.put(entry(numbers.an));
    const { next } = await qvax.ports.roster.pull({});
    qvax.pass(10);
    await qvax.ports.roster.put(entry(numbers.an));
    expect(await qvax.ports.roster.pull({ cursor: next })).toMatchObject({ records: [] });
  });

  test("of another list, or of nobody's making, is refused", async () => {
    const { ports } = await openQvax();
    const { next } = await ports.invite.answers({});
    await expect(ports.roster.pull({ cursor: next })).rejects.toMatchObject({ fault: "rejected" });
    await expect(ports.roster.pull({ cursor: "12" })).rejects.toMatchObject({ fault: "rejected" });
  });
});

describe("an invitation", () => {
  test("writes once to the person, and says when the message left", async () => {
    const qvax = await openQvax();
    const externalId = onlyOne(qvax.bench.addPeople([entry(numbers.an)]));
    const request = invitation(1, { externalId });
    expect(await qvax.ports.invite.send(request)).toEqual({ state: "taken", at: evening });
    qvax.pass(4);
    expect(await qvax.ports.invite.send(request)).toEqual({ state: "taken", at: evening });
    expect(qvax.bench.invitations?.()).toEqual([{ invitation: request.invitation, asked: 1, state: "open" }]);
  });

  test("is taken when its message has left the queue, and its window runs from then (F03)", async () => {
    const qvax = await openQvax((state) => {
      state.sendAfterSeconds = 7;
    });
    qvax.bench.addPeople([entry(numbers.an)]);
    const at = "2021-05-18T16:00:07.000Z";
    expect(await qvax.ports.invite.send(invitation(1))).toEqual({ state: "taken", at });
    expect(Object.values(qvax.state.invitations)).toMatchObject([
      { sentAt: at, windowEndsAt: plusMinutes(at as Instant, 30) },
    ]);
  });

  test("that stays in the queue is unknown, and a later look finds it", async () => {
    const qvax = await openQvax((state) => {
      state.sendAfterSeconds = 60;
    });
    qvax.bench.addPeople([entry(numbers.an)]);
    await expect(qvax.ports.invite.send(invitation(1))).rejects.toMatchObject({ fault: "unknown" });
    qvax.pass(1);
    const at = "2021-05-18T16:01:00.000Z";
    expect(await qvax.ports.invite.send(invitation(1))).toEqual({ state: "taken", at });
    expect(qvax.bench.invitations?.()).toMatchObject([{ asked: 1 }]);
  });

  test("whose message could only leave after its own deadline never leaves, and costs nobody (F03, F04)", async () => {
    const qvax = await openQvax((state) => {
      state.sendAfterSeconds = 5;
    });
    qvax.bench.addPeople([entry(numbers.an)]);
    const comeBefore = "2021-05-18T16:00:04.000Z" as Instant;
    const sent = qvax.ports.invite.send(invitation(1, { comeBefore }));
    await expect(sent).rejects.toMatchObject({ fault: "rejected" });
    expect(qvax.bench.invitations?.()).toMatchObject([{ asked: 0, state: "lapsed" }]);
    expect(qvax.bench.people()).toMatchObject([{ state: "active" }]);
  });

  test("lapses at its window's end on the platform's clock, and an answer after it is none", async () => {
    const qvax = await openQvax();
    qvax.bench.addPeople([entry(numbers.an)]);
    const { invitation: id } = invitation(1);
    await qvax.ports.invite.send(invitation(1));
    qvax.pass(29);
    expect(qvax.bench.invitations?.()).toMatchObject([{ state: "open" }]);
    qvax.pass(1);
    qvax.bench.answer?.({ invitation: id, answer: "yes" });
    expect(qvax.bench.invitations?.()).toMatchObject([{ state: "lapsed" }]);
    expect(await qvax.ports.invite.answers({})).toMatchObject({ events: [] });
  });

  test("ends when the dose is lost, if that comes before the window's end", async () => {
    const qvax = await openQvax();
    qvax.bench.addPeople([entry(numbers.an)]);
    await qvax.ports.invite.send(invitation(1, { comeBefore: plusMinutes(evening, 10) }));
    qvax.pass(10);
    expect(qvax.bench.invitations?.()).toMatchObject([{ state: "lapsed" }]);
  });

  test("can be taken back, again and again, also when it is answered or unknown", async () => {
    const qvax = await openQvax();
    qvax.bench.addPeople([entry(numbers.an)]);
    await qvax.ports.invite.send(invitation(1));
    await qvax.ports.invite.send(invitation(2));
    qvax.bench.answer?.({ invitation: invitation(2).invitation, answer: "no" });
    for (const nth of [1, 1, 2, 3]) await qvax.ports.invite.revoke(invitation(nth));
    expect(qvax.bench.invitations?.()).toMatchObject([{ state: "revoked" }, { state: "no" }]);
    qvax.pass(60);
    expect(qvax.bench.people()).toMatchObject([{ state: "active" }]);
  });

  test("ends with the registration", async () => {
    const qvax = await openQvax();
    const externalId = onlyOne(qvax.bench.addPeople([entry(numbers.an)]));
    await qvax.ports.invite.send(invitation(1));
    await qvax.ports.roster.close({ externalId, reason: "vaccinated" });
    expect(qvax.bench.invitations?.()).toMatchObject([{ state: "revoked" }]);
    await expect(qvax.ports.invite.send(invitation(2))).rejects.toMatchObject({ fault: "rejected" });
  });

  test("of somebody whom Qvax was not told of yet puts them on its list first", async () => {
    const qvax = await openQvax();
    const externalId = ExternalId.parse("QX-NOBODY");
    expect(await qvax.ports.invite.send(invitation(1))).toEqual({ state: "taken", at: evening });
    await qvax.ports.invite.send(invitation(2, { externalId }));
    expect(await pullAll(qvax)).toMatchObject([{ nationalNumber: numbers.an }]);
  });
});

describe("answers", () => {
  test("come in the order in which they were given, each once after its cursor", async () => {
    const qvax = await openQvax();
    for (const nth of [1, 2, 3]) await qvax.ports.invite.send(invitation(nth));
    const give = (nth: number, answer: "yes" | "no") => {
      qvax.pass(1);
      qvax.bench.answer?.({ invitation: invitation(nth).invitation, answer });
    };
    const told = (nth: number, answer: "yes" | "no", minutes: number): PlatformEvent => ({
      kind: "answered",
      invitation: invitation(nth).invitation,
      answer,
      at: plusMinutes(evening, minutes),
    });
    give(3, "yes");
    give(1, "no");
    const first = await qvax.ports.invite.answers({});
    expect(first.events).toEqual([told(3, "yes", 1), told(1, "no", 2)]);
    give(2, "yes");
    const second = await qvax.ports.invite.answers({ cursor: first.next });
    expect(second.events).toEqual([told(2, "yes", 3)]);
    expect(await qvax.ports.invite.answers({ cursor: second.next })).toEqual({
      events: [],
      next: second.next,
    });
  });

  test("fill more than one page", async () => {
    const qvax = await openQvax();
    qvax.bench.addPeople([entry(numbers.an)]);
    const answers = Array.from({ length: 1_001 }, (_, nth) => ({
      externalId: invitation(nth).invitation,
      answer: "no" as const,
      answeredAt: evening,
      handover: null,
    }));
    qvax.state.answers.push(...answers);
    const { events } = await qvax.ports.invite.answers({});
    expect(events).toHaveLength(1_001);
  });

  test("hand a yes over to the booking system", async () => {
    const qvax = await openQvax();
    await qvax.ports.invite.send(invitation(1));
    qvax.bench.answer?.({ invitation: invitation(1).invitation, answer: "yes" });
    expect(qvax.state.answers).toMatchObject([{ handover: { system: "doclr", centreCode: charleroi } }]);
  });
});

describe("silence", () => {
  test("switches off, which the list tells as paused with the moment, and a put switches on (F04, F06)", async () => {
    const qvax = await openQvax();
    qvax.bench.addPeople([entry(numbers.an)]);
    const { next } = await qvax.ports.roster.pull({});
    await qvax.ports.invite.send(invitation(1));
    qvax.pass(45);
    const { records } = await qvax.ports.roster.pull({ cursor: next });
    expect(records).toMatchObject([
      { value: { state: "paused" }, changedAt: plusMinutes(evening, 30), checkedAt: qvax.now() },
    ]);
    await expect(qvax.ports.invite.send(invitation(2))).rejects.toMatchObject({ fault: "rejected" });
    for (const { value } of records) await qvax.ports.roster.put({ ...value, state: "active" });
    expect(await pullAll(qvax)).toEqual(records.map(({ value }) => ({ ...value, state: "active" })));
    expect(await qvax.ports.invite.send(invitation(2))).toMatchObject({ state: "taken" });
  });

  test("is counted anew after an answer", async () => {
    const qvax = await openQvax((state) => {
      state.silencesUntilOff = 2;
    });
    qvax.bench.addPeople([entry(numbers.an)]);
    const comeBefore = plusMinutes(evening, 600);
    for (const [nth, answer] of [[1], [2, "no"], [3]] as const) {
      await qvax.ports.invite.send(invitation(nth, { comeBefore }));
      if (answer) qvax.bench.answer?.({ invitation: invitation(nth).invitation, answer });
      qvax.pass(31);
    }
    expect(qvax.bench.people()).toMatchObject([{ state: "active" }]);
    await qvax.ports.invite.send(invitation(4, { comeBefore }));
    qvax.pass(31);
    expect(qvax.bench.people()).toMatchObject([{ state: "paused" }]);
  });
});

describe("partners", () => {
  test("who ask too fast wait until their allowance renews", async () => {
    const qvax = await openQvax((state) => {
      state.allowance = { requests: 2, seconds: 30 };
    });
    await qvax.ports.roster.pull({});
    qvax.pass(0.1);
    await qvax.ports.roster.pull({});
    await expect(qvax.ports.roster.pull({})).rejects.toMatchObject({
      fault: "throttled",
      retryAfterSeconds: 24,
    });
    qvax.pass(0.4);
    await expect(qvax.ports.roster.pull({})).resolves.toMatchObject({ complete: true });
  });

  test("without their key are told nothing", async () => {
    const { url } = await openQvax();
    expect((await fetch(`${url}/registrations`)).status).toBe(401);
    const headers = { "x-api-key": "another-key" };
    expect((await fetch(`${url}/registrations`, { headers })).status).toBe(401);
  });

  test.each([
    ["a body that is no JSON", "{"],
    ["a field too many", JSON.stringify({ nationalNumber: numbers.an, shoeSize: 44 })],
  ])("who send %s are told that it is malformed", async (_, body) => {
    const { url, state } = await openQvax();
    const headers = { "x-api-key": state.apiKey, "content-type": "application/json" };
    const reply = await fetch(`${url}/registrations`, { method: "POST", headers, body });
    expect([reply.status, await reply.json()]).toMatchObject([400, { code: "malformed" }]);
    expect(state.registrations).toEqual({});
  });
});

test("the state is plain JSON, from which another process goes on", async () => {
  const qvax = await openQvax();
  qvax.bench.addPeople([entry(numbers.an)]);
  await qvax.ports.invite.send(invitation(1));
  const kept = JSON.parse(JSON.stringify(qvax.state)) as typeof qvax.state;
  expect(kept).toEqual(qvax.state);
  const world = {
    now: qvax.now,
    sleep: qvax.ctx.sleep,
    random: Math.random,
    centres: [],
    deliver: async () => {},
  };
  qvax.pass(30);
  expect(simulator.bench(kept, world).invitations?.()).toMatchObject([{ state: "lapsed" }]);
});
