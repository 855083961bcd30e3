import type { Ports } from "../../schema/adapter.ts";
import { refuse } from "../../schema/errors.ts";
import type { OpenSlots } from "../../schema/platform.ts";
import {
  type CentreId,
  type Instant,
  instant,
  millis,
  type PlatformName,
  type RegionId,
} from "../../schema/primitives.ts";
import * as bindings from "../store/bindings.ts";
import * as places from "../store/places.ts";
import type { Deps } from "./deps.ts";
import { type Directory, keepDirectory } from "./slots/directory.ts";
import { limitsOf, type SlotLimits, type SlotLimitsGiven } from "./slots/limits.ts";
import { type Mark, markOf } from "./slots/mark.ts";
import { type Answer, type Asked, createSource, type Part, type SlotSource } from "./slots/source.ts";

export type SlotQuestion = { regions?: RegionId[]; centres?: CentreId[]; from: Instant; until: Instant };

/** Everything that is kept from one question to the next. */
export type FanOut = {
  limits: SlotLimits;
  now(): Mark;
  directory(now: Mark): Promise<Directory>;
  sources: ReadonlyMap<PlatformName, SlotSource>;
  /** How many questions wait for a platform now. */
  waiting: number;
};

type Platform = { name: PlatformName } & Pick<Ports["slots"], "list">;

export const openFanOut = (
  deps: Pick<Deps, "db" | "now">,
  platforms: readonly Platform[],
  given: SlotLimitsGiven,
): FanOut => {
  const limits = limitsOf(given);
  const read = async () => {
    const [centres, terms] = await Promise.all([
      places.centresOf(deps.db),
      bindings.ofRole(deps.db, "slots"),
    ]);
    return { centres, bindings: terms };
  };
  return {
    limits,
    now: () => markOf(deps.now()),
    directory: keepDirectory(read),
    sources: new Map(
      platforms.map(({ name, list }) => [name, createSource({ name, list, now: deps.now }, limits)]),
    ),
    waiting: 0,
  };
};

const hour = 3_600_000;

/** What a platform is asked about [from, until): whole hours, so that who asks a second later asks the same. */
const wholeHours = ({ from, until }: SlotQuestion): { from: Instant; until: Instant } => ({
  from: instant(Math.floor(millis(from) / hour) * hour),
  until: instant(Math.ceil(millis(until) / hour) * hour),
});

/**
 * The open slots of the places asked for, live from their platforms under one deadline for all: the answer holds what
 * arrived by then, and says how each platform did. No platform's failure makes the question fail. Refuses with
 * `overloaded` where too many questions wait and this one cannot be answered from memory. `oldest`: when the oldest
 * part of the answer was asked for.
 */
export const openSlots = async (
  fanOut: FanOut,
  question: SlotQuestion,
): Promise<OpenSlots & { oldest: Mark }> => {
  const now = fanOut.now();
  const { regions, centres, from, until } = question;
  const directory = await fanOut.directory(now);
  const hours = wholeHours(question);
  const asked = [...directory({ regions, centres, at: now.at })].map(([platform, own]) => ({
    platform,
    asked: { centres: own, ...hours },
  }));
  const answers =
    fanOut.waiting < fanOut.limits.questionsAtOnce
      ? await askAll(fanOut, now, asked)
      : asked.map((each) => recallOne(fanOut, now, each));
  const slots = answers
    .flatMap(({ source: { platform }, slots: own }) =>
      own
        .filter(({ startsAt }) => startsAt >= from && startsAt < until)
        .map(({ externalId, centre, startsAt, endsAt, capacity }) => ({
          ...{ id: externalId, platform, centre, startsAt, endsAt, capacity },
        })),
    )
    .sort((one, other) => (one.startsAt < other.startsAt ? -1 : one.startsAt > other.startsAt ? 1 : 0));
  return { slots, sources: answers.map(({ source }) => source), oldest: oldestOf(answers, now) };
};

type One = { platform: PlatformName; asked: Asked };

const unconnected = ({ platform }: One): Answer => ({ source: { platform, state: "failed" }, slots: [] });

const askAll = async (fanOut: FanOut, now: Mark, asked: One[]): Promise<Answer[]> => {
  const parts = asked.map((one): Part => {
    const source = fanOut.sources.get(one.platform);
    return source ? source.ask(one.asked, now) : { answer: () => unconnected(one) };
  });
  fanOut.waiting += 1;
  await allOver(
    parts.flatMap(({ wait }) => wait ?? []),
    fanOut.limits.deadlineMs,
  );
  fanOut.waiting -= 1;
  return parts.map(({ answer }) => answer());
};

/** Until each is over or the time is; none of them fails. */
const allOver = (waits: Promise<void>[], milliseconds: number): Promise<void> | undefined => {
  let left = waits.length;
  if (left === 0) return undefined;
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    const one = () => {
      left -= 1;
      if (left > 0) return;
      clearTimeout(timer);
      resolve();
    };
    for (const wait of waits) void wait.then(one);
  });
};

const recallOne = ({ sources }: FanOut, now: Mark, one: One): Answer => {
  const source = sources.get(one.platform);
  return source ? (source.recall(one.asked, now) ?? refuse("overloaded")) : unconnected(one);
};

const oldestOf = (answers: Answer[], now: Mark): Mark =>
  answers.reduce((oldest, { asked }) => (asked && asked.machine < oldest.machine ? asked : oldest), now);
