import type { Slot } from "../../schema/adapter.ts";
import type { OpenSlots, Source } from "../../schema/platform.ts";
import type { CentreId, Instant, PlatformName, RegionId } from "../../schema/primitives.ts";
import * as places from "../store/places.ts";
import type { Deps } from "./deps.ts";

type SlotSource = {
  name: PlatformName;
  list(input: { centres: CentreId[]; from: Instant; until: Instant; signal: AbortSignal }): Promise<Slot[]>;
};
type SlotQuestion = { regions?: RegionId[]; centres?: CentreId[]; from: Instant; until: Instant };

/** The last good answer of each source to each question, for the minutes in which the source is away. */
export type SlotMemory = Map<string, { slots: Slot[]; asOf: Instant }>;
/** A platform's week is some ten thousand slots, and anybody may ask from another second on: another question. */
const remembered = { answers: 500, slots: 100_000 };

const keep = (memory: SlotMemory, key: string, answer: { slots: Slot[]; asOf: Instant }) => {
  memory.delete(key);
  memory.set(key, answer);
  let slots = 0;
  for (const each of memory.values()) slots += each.slots.length;
  for (const [oldest, { slots: own }] of memory) {
    const fits = memory.size <= remembered.answers && slots <= remembered.slots;
    if (fits || oldest === key) return;
    memory.delete(oldest);
    slots -= own.length;
  }
};

type Answer = { source: Source; slots: Slot[] };

const askOne = async (
  deps: Deps,
  memory: SlotMemory,
  {
    source,
    question,
    signal,
  }: {
    source: SlotSource;
    question: { centres: CentreId[]; from: Instant; until: Instant };
    signal: AbortSignal;
  },
): Promise<Answer> => {
  const platform = source.name;
  const key = JSON.stringify([platform, question]);
  const late = new Promise<"late">((resolve) =>
    signal.addEventListener("abort", () => resolve("late"), { once: true }),
  );
  const told = source.list({ ...question, signal }).catch(() => "failed" as const);
  const answer = await Promise.race([told, late]);
  if (typeof answer !== "string") {
    const asOf = deps.now();
    keep(memory, key, { slots: answer, asOf });
    return { source: { platform, state: "ok", asOf }, slots: answer };
  }
  const earlier = memory.get(key);
  return earlier
    ? { source: { platform, state: "stale", asOf: earlier.asOf }, slots: earlier.slots }
    : { source: { platform, state: answer }, slots: [] };
};

/** Which centres each platform is asked for: those whose slots it holds now, by binding. */
const bySource = async (deps: Deps, centres: CentreId[]): Promise<Map<PlatformName, CentreId[]>> => {
  const at = deps.now();
  const result = new Map<PlatformName, CentreId[]>();
  const bound = await places.platformsFor(deps.db, { centres, role: "slots", at });
  for (const { centre, platform } of bound) result.set(platform, [...(result.get(platform) ?? []), centre]);
  return result;
};

/**
 * The open slots of the places asked for, live from their platforms under one deadline for all: the answer holds what
 * arrived by then, and says how each platform did. No platform's failure makes the question fail.
 */
export const openSlots = async (
  deps: Deps,
  world: { sources: readonly SlotSource[]; memory: SlotMemory; deadlineMs: number },
  { regions, centres: wanted, from, until }: SlotQuestion,
): Promise<OpenSlots> => {
  const centres = (await places.centresOf(deps.db))
    .filter(
      (centre) => (!regions || regions.includes(centre.region)) && (!wanted || wanted.includes(centre.id)),
    )
    .map(({ id }) => id);
  const signal = AbortSignal.timeout(world.deadlineMs);
  const asked = [...(await bySource(deps, centres))].map(([platform, own]): Promise<Answer> => {
    const source = world.sources.find(({ name }) => name === platform);
    const question = { centres: own, from, until };
    return source
      ? askOne(deps, world.memory, { source, question, signal })
      : Promise.resolve({ source: { platform, state: "failed" }, slots: [] });
  });
  const answers = await Promise.all(asked);
  const slots = answers
    .flatMap(({ source, slots: own }) =>
      own.map(({ externalId: id, ...slot }) => ({ id, platform: source.platform, ...slot })),
    )
    .toSorted((one, other) => (one.startsAt < other.startsAt ? -1 : one.startsAt > other.startsAt ? 1 : 0));
  return { slots, sources: answers.map(({ source }) => source) };
};
