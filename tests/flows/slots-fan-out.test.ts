import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { directoryOf, keepDirectory, type Written } from "../../gateway/flows/slots/directory.ts";
import { limitsOf, type SlotLimits } from "../../gateway/flows/slots/limits.ts";
import { type Mark, markOf } from "../../gateway/flows/slots/mark.ts";
import { createSource } from "../../gateway/flows/slots/source.ts";
import { type FanOut, openSlots, type SlotQuestion } from "../../gateway/flows/slots.ts";
import * as bindings from "../../gateway/store/bindings.ts";
import * as places from "../../gateway/store/places.ts";
import type { Ports } from "../../schema/adapter.ts";
import {
  type CentreId,
  type ExternalId,
  type Instant,
  instant,
  type PlatformName,
  plusMinutes,
  type RegionId,
} from "../../schema/primitives.ts";
import { afternoon, seedFederation, testDeps } from "../support/gateway.ts";

/* A question to several platforms, in time that the tests move. */

const [here, there] = ["wallonia", "brussels"] as RegionId[] as [RegionId, RegionId];
const [charleroi, namur, heysel] = ["charleroi", "namur", "heysel"] as CentreId[] as [
  CentreId,
  CentreId,
  CentreId,
];
const [one, other] = ["one", "other"] as PlatformName[] as [PlatformName, PlatformName];
const written: Written = {
  centres: [
    { id: namur, region: here },
    { id: charleroi, region: here },
    { id: heysel, region: there },
  ],
  bindings: [
    { region: here, role: "slots", platform: one },
    { region: there, role: "slots", platform: other },
  ],
};

const now = () => instant(Date.now());
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
beforeEach(() => void vi.useFakeTimers({ now: Date.parse(afternoon) }));
afterEach(() => void vi.useRealTimers());

type List = Ports["slots"]["list"];

/** A slot each quarter of an hour, at each centre, after 20 ms. */
const quarters: List = async ({ centres, from, until }) => {
  await new Promise((resolve) => void setTimeout(resolve, 20));
  const starts: Instant[] = [];
  for (let at = from; at < until; at = plusMinutes(at, 15)) starts.push(at);
  return centres.flatMap((centre) =>
    starts.map((startsAt) => ({
      ...{ externalId: `${centre} ${startsAt}` as ExternalId, centre, startsAt },
      ...{ endsAt: plusMinutes(startsAt, 15), capacity: 1 },
    })),
  );
};

const opened = (more: Partial<SlotLimits> = {}) => {
  const limits = limitsOf({ deadlineMs: 1_000, ...more });
  const lists = { one: vi.fn(quarters), other: vi.fn(quarters) };
  const sourceOf = (name: PlatformName, list: List) =>
    [name, createSource({ name, list, now }, limits)] as const;
  const fanOut: FanOut = {
    ...{ limits, waiting: 0, now: () => markOf(now()) },
    directory: async () => directoryOf(written),
    sources: new Map([sourceOf(one, lists.one), sourceOf(other, lists.other)]),
  };
  const ask = (question: Partial<SlotQuestion> = {}) =>
    openSlots(fanOut, { from: afternoon, until: plusMinutes(afternoon, 30), ...question });
  const told = async (question: Partial<SlotQuestion> = {}) => {
    const asking = ask(question);
    await pass(20);
    return asking;
  };
  return { lists, fanOut, ask, told };
};

test("questions that differ in a second, or in the order of centres, share a call, and each gets what it asked", async () => {
  const { lists, told } = opened();
  const regions = [here];
  const first = await told({ regions });
  expect(first.slots.map(({ startsAt }) => startsAt)).toEqual(
    [0, 0, 15, 15].map((minutes) => plusMinutes(afternoon, minutes)),
  );
  const later = await told({ regions, from: instant(Date.parse(afternoon) + 1_000) });
  expect(later.slots.map(({ startsAt }) => startsAt)).toEqual(
    [15, 15].map((each) => plusMinutes(afternoon, each)),
  );
  await told({ centres: [namur, charleroi] });
  await told({ centres: [charleroi, namur, charleroi] });
  expect(lists.one).toHaveBeenCalledTimes(1);
  expect(lists.one).toHaveBeenCalledWith(
    expect.objectContaining({ from: "2021-04-16T14:00:00.000Z", until: "2021-04-16T15:00:00.000Z" }),
  );
  const { slots } = await told({ centres: [charleroi] });
  expect(new Set(slots.map(({ centre }) => centre))).toEqual(new Set([charleroi]));
});

test("the slowest platform made everybody wait: the answer is there at the deadline, with what is there", async () => {
  const { lists, ask } = opened();
  lists.other.mockImplementation(() => new Promise(() => undefined));
  let answered = false;
  const asking = ask().finally(() => {
    answered = true;
  });
  await pass(999);
  expect(answered).toBe(false);
  await pass(1);
  const { slots, sources } = await asking;
  expect(slots).toHaveLength(4);
  expect(sources).toEqual([
    { platform: one, state: "ok", asOf: afternoon },
    { platform: other, state: "late" },
  ]);
});

test("a platform that a centre is bound to, and that is not connected, is named as failed", async () => {
  const { fanOut, told } = opened();
  fanOut.sources = new Map([...fanOut.sources].filter(([name]) => name === one));
  const { sources } = await told();
  expect(sources).toMatchObject([
    { platform: one, state: "ok" },
    { platform: other, state: "failed" },
  ]);
});

test("beyond the cap a question is answered from memory, or refused", async () => {
  const { fanOut, ask, told } = opened({ questionsAtOnce: 3 });
  await told();
  await pass(60_000);
  const days = (nth: number) => ({
    ...{ from: plusMinutes(afternoon, 1440 * nth), until: plusMinutes(afternoon, 1440 * nth + 60) },
  });
  const waiting = Promise.all([1, 2, 3].map((nth) => ask(days(nth))));
  await pass(0);
  expect(fanOut.waiting).toBe(3);
  await expect(ask(days(4))).rejects.toMatchObject({ code: "overloaded" });
  const { slots, sources } = await ask();
  expect(slots).toHaveLength(6);
  expect(sources).toMatchObject([{ state: "stale" }, { state: "stale" }]);
  await pass(20);
  await waiting;
  expect(fanOut.waiting).toBe(0);
  expect((await told(days(4))).sources).toMatchObject([{ state: "ok" }, { state: "ok" }]);
});

test("the directory reads as the store does, for every centre of Belgium", async () => {
  vi.useRealTimers();
  const { deps, close } = await testDeps();
  onTestFinished(close);
  await seedFederation(deps);
  const [at, role] = [afternoon, "slots" as const];
  const [centres, terms] = await Promise.all([places.centresOf(deps.db), bindings.ofRole(deps.db, role)]);
  const bound = await places.platformsFor(deps.db, { centres: centres.map(({ id }) => id), role, at });
  const read = [...directoryOf({ centres, bindings: terms })({ at })].flatMap(([platform, own]) =>
    own.map((centre) => ({ centre, platform })),
  );
  const byCentre = (each: typeof read) => each.toSorted((a, b) => a.centre.localeCompare(b.centre));
  expect(byCentre(read)).toEqual(byCentre(bound));
  expect(read.length).toBeGreaterThan(20);
});

test("F17: a centre that changes its platform is asked there from that instant on", () => {
  const change = plusMinutes(afternoon, 60);
  const directory = directoryOf({
    centres: written.centres,
    bindings: [
      ...written.bindings,
      { region: here, centre: charleroi, role: "slots", platform: other, from: change },
    ],
  });
  const asked = (at: typeof afternoon) => directory({ at, centres: [charleroi] });
  expect(asked(instant(Date.parse(change) - 1))).toEqual(new Map([[one, [charleroi]]]));
  expect(asked(change)).toEqual(new Map([[other, [charleroi]]]));
});

test("a binding that is written is seen within half a second, and nothing waits for the database before", async () => {
  const read = vi.fn(async () => written);
  const directory = keepDirectory(read);
  const start = markOf(afternoon);
  const after = (milliseconds: number): Mark => ({
    ...{ at: start.at, clock: start.clock, machine: start.machine + milliseconds },
  });
  await directory(after(0));
  await directory(after(249));
  expect(read).toHaveBeenCalledTimes(1);
  const bindings = [{ region: here, role: "slots" as const, platform: other }];
  read.mockResolvedValue({ ...written, bindings });
  expect((await directory(after(250)))({ at: afternoon, centres: [namur] })).toEqual(
    new Map([[one, [namur]]]),
  );
  expect(read).toHaveBeenCalledTimes(2);
  expect((await directory(after(251)))({ at: afternoon, centres: [namur] })).toEqual(
    new Map([[other, [namur]]]),
  );
  read.mockRejectedValue(new Error("no database"));
  await directory(after(600));
  await expect(directory(after(1_000))).rejects.toThrow("no database");
  // The gateway's own clock counts as well, since demonstrations and tests move it.
  read.mockResolvedValue(written);
  await directory(after(1_000));
  await directory({ ...after(1_000), clock: start.clock + 60_000 });
  expect(read).toHaveBeenCalledTimes(5);
});
