import { describe, expect, test } from "vitest";
import type { PlatformEvent } from "../../schema/adapter.ts";
import { ExternalId, type Instant, plusMinutes } from "../../schema/primitives.ts";
import { charleroi, entry, evening, invitation, numbers, onlyOne, openQvax, pullAll } from "./qvax-scene.ts";

describe("an invitation", () => {
  test("writes once to the person, and says when the message left", async () => {
    const qvax = await openQvax();
    const externalId = onlyOne(qvax.bench.addPeople([entry(numbers.an)]));
    const request = invitation(1, { externalId });
    expect(await qvax.ports.invite.send(request)).toEqual({ state: "taken", at: evening });
    qvax.pass(4);
    expect(await qvax.ports.invite.send(request)).toEqual({ state: "taken", at: evening });
    const told = { kind: "hold", knownBy: request.knownBy };
    expect(qvax.bench.invitations?.()).toEqual([
      { invitation: request.invitation, asked: 1, told, state: "open" },
    ]);
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
    expect(qvax.bench.invitations?.()[0]).not.toHaveProperty("told");
    qvax.pass(30);
    expect(qvax.bench.people()).toMatchObject([{ state: "active" }]);
  });

  test("lapses at its window's end on the platform's clock", async () => {
    const qvax = await openQvax();
    qvax.bench.addPeople([entry(numbers.an)]);
    await qvax.ports.invite.send(invitation(1));
    qvax.pass(29);
    expect(qvax.bench.invitations?.()).toMatchObject([{ state: "open" }]);
    qvax.pass(1);
    expect(qvax.bench.invitations?.()).toMatchObject([{ state: "lapsed" }]);
  });

  test("is answered after its window too, until a standby knows, and then no more", async () => {
    const qvax = await openQvax();
    for (const nth of [1, 2]) await qvax.ports.invite.send(invitation(nth));
    const answer = (nth: number) =>
      qvax.bench.answer?.({ invitation: invitation(nth).invitation, answer: "yes" });
    qvax.pass(149);
    answer(1);
    qvax.pass(1);
    answer(2);
    expect(qvax.bench.invitations?.()).toMatchObject([{ state: "yes" }, { state: "lapsed" }]);
    const { invitation: told } = invitation(1);
    expect((await qvax.ports.invite.answers({})).events).toEqual([
      { kind: "answered", invitation: told, answer: "yes", at: plusMinutes(evening, 149) },
    ]);
  });

  test("ends when a standby knows, if that comes before the window's end", async () => {
    const qvax = await openQvax();
    qvax.bench.addPeople([entry(numbers.an)]);
    await qvax.ports.invite.send(invitation(1, { kind: "standby", knownBy: plusMinutes(evening, 10) }));
    qvax.pass(10);
    expect(qvax.bench.invitations?.()).toMatchObject([{ told: { kind: "standby" }, state: "lapsed" }]);
  });

  test("that lapsed and is taken back is not answered any more, and its silence costs nothing", async () => {
    const qvax = await openQvax();
    qvax.bench.addPeople([entry(numbers.an)]);
    await qvax.ports.invite.send(invitation(1));
    qvax.pass(40);
    await qvax.ports.invite.revoke(invitation(1));
    qvax.bench.answer?.({ invitation: invitation(1).invitation, answer: "yes" });
    qvax.pass(150);
    expect(qvax.bench.invitations?.()).toMatchObject([{ state: "revoked" }]);
    expect(qvax.bench.people()).toMatchObject([{ state: "active" }]);
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
    qvax.pass(180);
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

  test("hand a yes over to the booking system where the dose is theirs, and only there (F07)", async () => {
    const qvax = await openQvax();
    await qvax.ports.invite.send(invitation(1));
    await qvax.ports.invite.send(invitation(2, { kind: "standby" }));
    await qvax.ports.invite.send(invitation(3));
    const say = (nth: number) =>
      qvax.bench.answer?.({ invitation: invitation(nth).invitation, answer: "yes" });
    for (const nth of [1, 2]) say(nth);
    qvax.pass(31);
    say(3);
    expect(qvax.state.answers).toMatchObject([
      { handover: { system: "doclr", centreCode: charleroi } },
      { handover: null },
      { handover: null },
    ]);
  });
});

describe("silence", () => {
  test("switches off, which the list tells as paused with the moment, and a put switches on (F04, F06)", async () => {
    const qvax = await openQvax();
    qvax.bench.addPeople([entry(numbers.an)]);
    const { next } = await qvax.ports.roster.pull({});
    await qvax.ports.invite.send(invitation(1));
    qvax.pass(149);
    expect(qvax.bench.people()).toMatchObject([{ state: "active" }]);
    qvax.pass(11);
    const { records } = await qvax.ports.roster.pull({ cursor: next });
    expect(records).toMatchObject([
      { value: { state: "paused" }, changedAt: plusMinutes(evening, 150), checkedAt: qvax.now() },
    ]);
    const second = invitation(2, { knownBy: plusMinutes(evening, 170) });
    await expect(qvax.ports.invite.send(second)).rejects.toMatchObject({ fault: "rejected" });
    for (const { value } of records) await qvax.ports.roster.put({ ...value, state: "active" });
    expect(await pullAll(qvax)).toEqual(records.map(({ value }) => ({ ...value, state: "active" })));
    expect(await qvax.ports.invite.send(second)).toMatchObject({ state: "taken" });
  });

  test("of a standby switches nobody off, also where one silence is enough (F04, F06)", async () => {
    const qvax = await openQvax();
    qvax.bench.addPeople([entry(numbers.an)]);
    const { next } = await qvax.ports.roster.pull({});
    await qvax.ports.invite.send(invitation(1, { kind: "standby" }));
    qvax.pass(24 * 60);
    expect(qvax.bench.invitations?.()).toMatchObject([{ told: { kind: "standby" }, state: "lapsed" }]);
    expect(await qvax.ports.roster.pull({ cursor: next })).toMatchObject({ records: [] });
    expect(Object.values(qvax.state.registrations)).toMatchObject([{ state: "on", silences: 0 }]);
  });

  test.each(["an answer to it", "an answer to another", "a put"])(
    "in the window and %s after it switches nobody off (F06)",
    async (sign) => {
      const qvax = await openQvax();
      const externalId = onlyOne(qvax.bench.addPeople([entry(numbers.an)]));
      for (const nth of [1, 2])
        await qvax.ports.invite.send(invitation(nth, nth === 2 ? { kind: "standby" } : {}));
      qvax.pass(40);
      const nth = sign === "an answer to it" ? 1 : 2;
      if (sign === "a put") await qvax.ports.roster.put(entry(numbers.an, { externalId }));
      else qvax.bench.answer?.({ invitation: invitation(nth).invitation, answer: "no" });
      qvax.pass(150);
      expect(qvax.bench.people()).toMatchObject([{ state: "active" }]);
    },
  );

  test("is counted anew once somebody is switched on again", async () => {
    const qvax = await openQvax((state) => {
      state.silencesUntilOff = 2;
    });
    qvax.bench.addPeople([entry(numbers.an)]);
    const comeBefore = plusMinutes(evening, 600);
    const beSilent = async (nth: number) => {
      await qvax.ports.invite.send(invitation(nth, { knownBy: plusMinutes(qvax.now(), 31), comeBefore }));
      qvax.pass(31);
    };
    for (const nth of [1, 2]) await beSilent(nth);
    expect(qvax.bench.people()).toMatchObject([{ state: "paused" }]);
    await qvax.ports.roster.put(entry(numbers.an));
    await beSilent(3);
    expect(qvax.bench.people()).toMatchObject([{ state: "active" }]);
  });

  test("is counted anew after an answer", async () => {
    const qvax = await openQvax((state) => {
      state.silencesUntilOff = 2;
    });
    qvax.bench.addPeople([entry(numbers.an)]);
    const comeBefore = plusMinutes(evening, 600);
    const send = (nth: number) =>
      qvax.ports.invite.send(invitation(nth, { knownBy: plusMinutes(qvax.now(), 31), comeBefore }));
    for (const [nth, answer] of [[1], [2, "no"], [3]] as const) {
      await send(nth);
      if (answer) qvax.bench.answer?.({ invitation: invitation(nth).invitation, answer });
      qvax.pass(31);
    }
    expect(qvax.bench.people()).toMatchObject([{ state: "active" }]);
    await send(4);
    qvax.pass(31);
    expect(qvax.bench.people()).toMatchObject([{ state: "paused" }]);
  });
});
