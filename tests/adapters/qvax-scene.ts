import { afterEach, expect } from "vitest";
import { createClock } from "../../adapters/kit/clock.ts";
import { createContext } from "../../adapters/kit/context.ts";
import { createContract } from "../../adapters/kit/contract.ts";
import { readDocument } from "../../adapters/kit/document.ts";
import { runPlatform } from "../../adapters/kit/platform.ts";
import adapter from "../../adapters/qvax/adapter.ts";
import type { State } from "../../adapters/qvax/simulator/state.ts";
import simulator from "../../adapters/qvax/simulator.ts";
import type { InviteRequest, RosterEntry } from "../../schema/adapter.ts";
import { type CentreId, type ExternalId, type Instant, instant, millis } from "../../schema/primitives.ts";
import { always } from "../../schema/volunteer.ts";

export const evening = "2021-05-18T16:00:00.000Z" as Instant;
export const charleroi = "charleroi" as CentreId;
export const mons = "mons" as CentreId;

/** Numbers with serials 997 and 998, which no real person has. */
export const numbers = { an: "50011599795", bea: "50011599894", bis: "88430599831", yearOnly: "60000099769" };

export const entry = (nationalNumber: string, more: Partial<RosterEntry> = {}): RosterEntry => ({
  nationalNumber,
  givenName: "An",
  familyName: "Peeters",
  postcode: "6000",
  contact: { email: "an@example.org", mobile: "+32470123456" },
  language: "fr",
  centres: [],
  availability: always,
  conditions: [],
  state: "active",
  ...more,
});

export const invitation = (nth: number, more: Partial<InviteRequest> = {}): InviteRequest => ({
  invitation: `0f8fad5b-d9cb-469f-a165-${String(nth).padStart(12, "0")}` as InviteRequest["invitation"],
  guest: {
    nationalNumber: numbers.an,
    givenName: "An",
    familyName: "Peeters",
    birthDate: "1950-01-15",
    contact: { email: "an@example.org", mobile: "+32470123456" },
    language: "fr",
  },
  centre: charleroi,
  kind: "hold",
  windowMinutes: 30,
  knownBy: "2021-05-18T18:30:00.000Z" as Instant,
  comeBefore: "2021-05-18T19:00:00.000Z" as Instant,
  ...more,
});

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** The adapter and the simulator on one clock that only the test moves, with a judge between them. */
export const openQvax = async (arrange: (state: State) => void = () => undefined) => {
  const clock = createClock(evening);
  const pass = (minutes: number) => clock.set(instant(millis(clock.now()) + minutes * 60_000));
  const world = {
    now: clock.now,
    sleep: clock.sleep,
    random: replayable(),
    centres: [charleroi, mons],
    deliver: async () => undefined,
  };
  const document = await readDocument("qvax");
  if (!document) throw new Error("Qvax has no API document");
  const judge = createContract(document).judge();
  const platform = await runPlatform({ simulator, world, judge });
  arrange(platform.state);
  const log = { info: () => undefined, warn: () => undefined };
  const ctx = createContext({ ...clock, log });
  opened.push(async () => {
    await ctx.close();
    await platform.close();
    expect(judge.violations).toEqual([]);
  });
  const options = adapter.options.parse(simulator.options(platform.url));
  return { ...platform, ports: adapter.connect(options, ctx), pass, now: clock.now, ctx };
};
export type Scene = Awaited<ReturnType<typeof openQvax>>;

/** Every entry of the list, page after page. */
export const pullAll = async ({ ports }: Pick<Scene, "ports">): Promise<RosterEntry[]> => {
  const entries: RosterEntry[] = [];
  let page = await ports.roster.pull({});
  entries.push(...page.records.map(({ value }) => value));
  while (!page.complete) {
    page = await ports.roster.pull({ cursor: page.next });
    entries.push(...page.records.map(({ value }) => value));
  }
  return entries;
};

export const onlyOne = (ids: ExternalId[]): ExternalId => {
  const [id, ...others] = ids;
  if (!id || others.length > 0) throw new Error(`one id was expected, not ${ids.length}`);
  return id;
};

const replayable = () => {
  let seed = 1;
  return () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
};

/** A valid register number of somebody born on 15 January 1950, for serials 1 to 998. */
export const numberOf = (serial: number): string => {
  const nine = `500115${String(serial).padStart(3, "0")}`;
  return nine + String(97 - (Number(nine) % 97)).padStart(2, "0");
};
