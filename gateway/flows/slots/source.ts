import type { Ports, Slot } from "../../../schema/adapter.ts";
import type { Source } from "../../../schema/platform.ts";
import type { CentreId, Instant, PlatformName } from "../../../schema/primitives.ts";
import type { SlotLimits } from "./limits.ts";
import { type Mark, markOf, msBetween } from "./mark.ts";
import { createMemory, type Remembered } from "./memory.ts";

/** What a platform is asked: its centres in one order, and whole hours, so that people ask the same. */
export type Asked = { centres: CentreId[]; from: Instant; until: Instant };
export type Answer = { source: Source; slots: readonly Slot[]; asked?: Mark };

type Called = Remembered | "failed";
/** One call to a platform, which any number of questions may share. */
type Call = { over: Promise<void>; came?: Called };

/** One source's part of a question. `wait`: what may be waited for. `answer`: what is there now; it never fails. */
export type Part = { wait?: Promise<void>; answer(): Answer };

/** One platform as the questions see it: shared calls, and a memory for when it does not answer. */
export type SlotSource = {
  name: PlatformName;
  ask(asked: Asked, now: Mark): Part;
  /** An answer that needs no call; nothing where none is remembered. */
  recall(asked: Asked, now: Mark): Answer | undefined;
};

const keyOf = ({ centres, from, until }: Asked): string => `${from} ${until} ${centres.join()}`;

const byStart = (one: Slot, other: Slot): number =>
  one.startsAt < other.startsAt ? -1 : one.startsAt > other.startsAt ? 1 : 0;

type Platform = { name: PlatformName; now(): Instant } & Pick<Ports["slots"], "list">;

export const createSource = ({ name, list, now }: Platform, limits: SlotLimits): SlotSource => {
  const memory = createMemory(limits);
  /** The calls that may still come in time, by their question; and how many there are with those that may not. */
  const underWay = new Map<string, Call>();
  let calls = 0;
  const trust = createTrust(limits);

  const answerOf = (state: "ok" | "stale", { slots, asked }: Remembered): Answer => ({
    source: { platform: name, state, asOf: asked.at },
    slots,
    asked,
  });
  const isFresh = ({ asked }: Remembered, at: Mark) => msBetween(asked, at) < limits.freshMs;
  const canStandIn = ({ asked }: Remembered, at: Mark) => msBetween(asked, at) < limits.standInMs;

  /**
   * Nobody who asked can end it: others may wait, and the memory is renewed also by what comes too late. Once it is
   * too late it is shared no longer: the platform may have come back since.
   */
  const call = async (key: string, asked: Asked, began: Mark): Promise<Called> => {
    const limit = new AbortController();
    let isOverdue = false;
    const overdue = () => {
      isOverdue = true;
      underWay.delete(key);
      trust.lose(began, markOf(now()));
      timer = setTimeout(() => limit.abort(), limits.patienceMs - limits.deadlineMs);
    };
    let timer = setTimeout(overdue, limits.deadlineMs);
    try {
      const slots = await list({ ...asked, signal: limit.signal });
      const remembered = { slots: slots.toSorted(byStart), asked: began };
      memory.keep(key, remembered);
      return remembered;
    } catch {
      return "failed";
    } finally {
      clearTimeout(timer);
      calls -= 1;
      if (!isOverdue) {
        underWay.delete(key);
        trust.regain(began);
      }
    }
  };

  /** The call that is under way for the same question, or one of its own; nothing where another may not begin. */
  const callFor = (key: string, asked: Asked, at: Mark): Call | undefined => {
    const shared = underWay.get(key);
    if (shared || calls >= limits.questionsAtOnce || !trust.mayCall(at)) return shared;
    calls += 1;
    const over = call(key, asked, at).then((came) => {
      begun.came = came;
    });
    const begun: Call = { over };
    underWay.set(key, begun);
    return begun;
  };

  return {
    name,
    recall: (asked, at) => {
      const known = memory.get(keyOf(asked));
      if (!known || !canStandIn(known, at)) return undefined;
      return answerOf(isFresh(known, at) ? "ok" : "stale", known);
    },
    ask: (asked, at) => {
      const key = keyOf(asked);
      const known = memory.get(key);
      if (known && isFresh(known, at)) return { answer: () => answerOf("ok", known) };
      const begun = callFor(key, asked, at);
      const waited = begun && trust.isWhole(at) ? begun : undefined;
      const answer = (): Answer => {
        const came = waited?.came ?? "late";
        if (typeof came !== "string") return answerOf("ok", came);
        const earlier = memory.get(key);
        if (earlier && canStandIn(earlier, at)) return answerOf("stale", earlier);
        return { source: { platform: name, state: came }, slots: [] };
      };
      return { wait: waited?.over, answer };
    },
  };
};

/**
 * Whether a platform is worth waiting for. Since it missed the deadline it is asked now and then, and nobody waits,
 * until a call comes back in time or long enough after the last that did not.
 */
const createTrust = ({ deadlineMs, distrustMs }: SlotLimits) => {
  let lost: Mark | undefined;
  let tried: Mark | undefined;
  let inTime = Number.NEGATIVE_INFINITY;
  const isWhole = (at: Mark) => !lost || msBetween(lost, at) >= distrustMs;
  return {
    isWhole,
    /** A call that began before one that came in time says nothing new. */
    lose: (began: Mark, at: Mark) => {
      if (began.machine > inTime) lost = at;
    },
    regain: (began: Mark) => {
      inTime = Math.max(inTime, began.machine);
      lost = undefined;
    },
    mayCall: (at: Mark): boolean => {
      if (isWhole(at)) return true;
      if (tried && msBetween(tried, at) < deadlineMs / 4) return false;
      tried = at;
      return true;
    },
  };
};
