import { describe, expect, test } from "vitest";
import { sandboxKey } from "../../adapters/qvax/simulator/state.ts";
import simulator from "../../adapters/qvax/simulator.ts";
import type { RosterEntry } from "../../schema/adapter.ts";
import { ExternalId } from "../../schema/primitives.ts";
import {
  charleroi,
  entry,
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
    expect(after).toEqual({ total: 3, records: [], next: page.next, complete: true });
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
    const headers = { "x-api-key": sandboxKey, "content-type": "application/json" };
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
