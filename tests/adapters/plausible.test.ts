import { expect, test } from "vitest";
import { guardPorts } from "../../adapters/kit/guard.ts";
import { parseJson } from "../../adapters/kit/json.ts";
import type { HeldBooking, PlatformEvent, Ports, Slot } from "../../schema/adapter.ts";
import {
  type BookingId,
  type CentreId,
  type ExternalId,
  type Instant,
  plusMinutes,
} from "../../schema/primitives.ts";
import { afternoon } from "../support/gateway.ts";

/* What a lying platform says, and what of it reaches whoever asked. */

const [here, elsewhere] = ["charleroi", "heysel"] as CentreId[] as [CentreId, CentreId];
const at = (minutes: number): Instant => plusMinutes(afternoon, minutes);

const connect = (ports: Partial<Ports>) => {
  const told: unknown[] = [];
  const log = { info: () => undefined, warn: (facts: unknown) => void told.push(facts) };
  return { ...guardPorts(ports, { now: () => afternoon, log, callsAtOnce: 10 }), told };
};

const slot = (id: string, startsAt: Instant, given: Partial<Slot> = {}): Slot => ({
  ...{ externalId: id as ExternalId, centre: here, startsAt, endsAt: plusMinutes(startsAt, 10) },
  ...{ capacity: 1, ...given },
});

test("slots of the past, of other hours or centres, twice, or over before they begin: left out, counted, told once", async () => {
  const said = [
    slot("yesterday", at(-1440)),
    slot("good", at(10)),
    slot("good", at(10)),
    slot("until", at(120)),
    slot("other", at(20), { centre: elsewhere }),
    slot("backwards", at(30), { endsAt: at(20) }),
    slot("last", at(119)),
  ];
  const { ports, state, told } = connect({ slots: { list: async () => said } });
  const question = { centres: [here], from: afternoon, until: at(120), signal: new AbortController().signal };
  const names = async () => (await ports.slots?.list(question))?.map(({ externalId }) => externalId);
  expect(await names()).toEqual(["good", "last"]);
  expect(await names()).toEqual(["good", "last"]);
  expect(state()).toMatchObject([
    { port: "slots", dropped: { "not asked for": 6, repeated: 2, "over before it begins": 2 } },
  ]);
  expect(told).toHaveLength(3);
});

test("whoever asks from the full hour on is told nothing that has begun, and that is no lie", async () => {
  const said = [slot("begun", at(-10)), slot("to come", at(10))];
  const { ports, state } = connect({ slots: { list: async () => said } });
  const { signal } = new AbortController();
  const found = await ports.slots?.list({ centres: [here], from: at(-30), until: at(60), signal });
  expect(found?.map(({ externalId }) => externalId)).toEqual(["to come"]);
  expect(state()).toMatchObject([{ dropped: {} }]);
});

test("of bookings, only those asked for are believed: one of another centre is never cancelled", async () => {
  const held = (ref: string, centre: CentreId): HeldBooking => ({
    ...{ externalRef: ref as ExternalId, centre, at: at(10) },
  });
  const none = async () => undefined;
  const booking: Ports["booking"] = {
    book: async () => ({ outcome: "refused", cause: "no-slot" }),
    ...{ find: none, cancel: none },
    held: async () => [held("ours", here), held("theirs", elsewhere), held("ours", here)],
  };
  const { ports } = connect({ booking });
  const found = await ports.booking?.held?.({ centres: [here], from: afternoon, until: at(60) });
  expect(found?.map(({ externalRef }) => externalRef)).toEqual(["ours"]);
  const { held: _, ...without } = booking;
  expect(connect({ booking: without }).ports.booking?.held).toBeUndefined();
});

test("nothing has happened later than now, whatever a platform's clock says", async () => {
  const cancelled: PlatformEvent = { kind: "booking-cancelled", booking: "b" as BookingId, at: at(60) };
  const value = {
    givenName: "A",
    familyName: "B",
    contact: {},
    centres: [],
    conditions: [],
    state: "active",
  };
  const seen = { checkedAt: at(-1), validAt: at(60), changedAt: at(61) };
  const moved = { kind: "roster-changed", entry: { value, ...seen } } as PlatformEvent;
  const { ports } = connect({
    inbound: { receive: async () => ({ delivery: "1", events: [cancelled, moved] }) },
  });
  const told = await ports.inbound?.receive({ headers: {}, body: "", receivedAt: afternoon });
  expect(told?.events).toEqual([
    { ...cancelled, at: afternoon },
    { ...moved, entry: { value, checkedAt: at(-1), validAt: afternoon, changedAt: afternoon } },
  ]);
});

test("JSON that goes deeper than any platform means is not even parsed; what only looks deep is", () => {
  const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  const began = performance.now();
  expect(() => parseJson(deep(4_000_000))).toThrow(expect.objectContaining({ fault: "drifted" }));
  expect(performance.now() - began).toBeLessThan(1_000);
  const brackets = { quoted: `\\"${"[".repeat(20_000)}\\` };
  expect(parseJson(JSON.stringify(brackets))).toEqual(brackets);
  const wide = Array.from({ length: 5_000 }, () => [{ of: [1] }]);
  expect(parseJson(JSON.stringify(wide))).toEqual(wide);
});

test("a page that is followed by itself is a drift, of a list and of official invitations; one that is the last is not", async () => {
  const nothing = async (): Promise<never> => Promise.reject(new Error("nobody asks for this here"));
  let complete = false;
  const { ports } = connect({
    roster: { pull: async () => ({ records: [], next: "same", complete }), put: nothing, close: nothing },
    official: {
      changes: async () => ({ events: [], next: "same", complete }),
      ...{ supersede: nothing, reinstate: nothing },
    },
  });
  const reads = [
    () => ports.roster?.pull({ cursor: "same" }),
    () => ports.official?.changes({ cursor: "same" }),
  ];
  for (const each of reads) await expect(each()).rejects.toMatchObject({ fault: "drifted" });
  complete = true;
  for (const each of reads) expect(await each()).toMatchObject({ complete });
});
