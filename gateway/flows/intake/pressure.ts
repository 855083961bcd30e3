import type { Log } from "../../../schema/adapter.ts";
import { Refusal } from "../../../schema/errors.ts";

/*
 * How much is too much. What is taken in waits in memory until it is written, so there must be an end to it; and nobody
 * is to wait longer than a person would. Whoever comes beyond that is refused while it still costs next to nothing,
 * before their request is read, and told when to come back. They lose nothing by it: nobody's turn depends on when they
 * came (F02), and their key makes a repeat safe (F01).
 */

export type PressureLimits = {
  /** Nobody is let in who would wait longer, in milliseconds, as far as can be told. */
  waitMs: number;
  /** Nor while so many wait, however fast they are written: each takes some kilobytes. */
  waiting: number;
};

type Clock = () => number;
type Given = {
  /** So many flushes may be under way at once. */
  flushes: number;
  limits?: Partial<PressureLimits>;
  log?: Log;
  /** Milliseconds that never go back. */
  clock?: Clock;
  chance?(): number;
  /** Calls back once the event loop has come round. */
  afterTurn?(work: () => void): unknown;
};

export type Flush = { since: number };
/** So many were answered by a flush, and so many waited when it ended. */
type Flushed = { answered: number; waiting: number };

/**
 * So few are let in however slowly the first were written: a gateway that has just started is slow for a moment, and one
 * flush or two take them all.
 */
const fewest = 64;

/** Registrations a second, until it has been seen: fewer than the slowest machine did at which this was tried. */
const perSecondAtFirst = 400;
/** In milliseconds: what was written longer ago says little about what is written now. */
const memoryMs = 500;

/** Registrations a second. What came slowly says nothing of how fast it could be: only a crowd is measured. */
const measureRate = (clock: Clock) => {
  let perSecond = perSecondAtFirst;
  let isMeasured = false;
  /** Since when somebody has been waiting without a break, or since the last flush of that time ended. */
  let busySince: number | undefined;
  return {
    perSecond: () => perSecond,
    flushed({ answered, waiting }: Flushed): void {
      const now = clock();
      if (busySince !== undefined && now > busySince) {
        const passed = now - busySince;
        const share = isMeasured ? 1 - Math.exp(-passed / memoryMs) : 1;
        perSecond += ((answered * 1000) / passed - perSecond) * share;
        isMeasured = true;
      }
      busySince = waiting > 0 ? now : undefined;
    },
  };
};

/** A turn that was timed longer ago says nothing of how late the event loop is. */
const turnHoldsMs = 1_000;

/** What has come to the machine while the event loop went round is not read yet, and waits as well. */
const timeTurns = (clock: Clock, afterTurn: (work: () => void) => unknown) => {
  let turn = { ms: 0, at: Number.NEGATIVE_INFINITY };
  let isTiming = false;
  return {
    lateMs: () => (clock() - turn.at < turnHoldsMs ? turn.ms : 0),
    time(): void {
      if (isTiming) return;
      isTiming = true;
      const began = clock();
      afterTurn(() => {
        isTiming = false;
        turn = { ms: clock() - began, at: clock() };
      });
    },
  };
};

const soonestMs = 1_000;
/** What is to come later than this is not known yet. */
const latestMs = 60_000;

/**
 * Tells each who is refused after how many milliseconds to come back: one after the other, as fast as they can be
 * served, since those who are told the same come in one wave. It is advice and no place: whoever comes sooner is treated
 * the same.
 */
const handOutReturns = (clock: Clock, chance: () => number) => {
  let last = Number.NEGATIVE_INFINITY;
  return ({ wouldWaitMs, perSecond }: { wouldWaitMs: number; perSecond: number }): number => {
    const now = clock();
    const next = Math.max(last + 1000 / perSecond, now + Math.max(soonestMs, wouldWaitMs));
    last = Math.min(next, now + latestMs);
    return next > last ? (latestMs * (1 + chance())) / 2 : last - now;
  };
};

/** When nobody was refused for so long, it is over. */
const calmMs = 5_000;

/** Says it once in the log when somebody is refused, and once when it is over. */
const tellRefusals = (clock: Clock, log?: Log) => {
  let [count, last] = [0, 0];
  return {
    refused(facts: Record<string, number>): void {
      if (count === 0) log?.warn(facts, "more register than can be written: some are told to come back");
      count += 1;
      last = clock();
    },
    admitted(): void {
      if (count === 0 || clock() - last < calmMs) return;
      log?.info({ refused: count }, "whoever registers is let in again");
      count = 0;
    },
  };
};

export const createPressure = ({
  flushes,
  limits: { waitMs: longest = 650, waiting: most = 5_000 } = {},
  log,
  clock = () => performance.now(),
  chance = Math.random,
  afterTurn = setImmediate,
}: Given) => {
  const underWay = new Set<Flush>();
  const rate = measureRate(clock);
  const turns = timeTurns(clock, afterTurn);
  const returnAfter = handOutReturns(clock, chance);
  const tale = tellRefusals(clock, log);

  /** A flush has taken so long already that it may take as long again; somebody who comes waits for the newest. */
  const stuckMs = (): number =>
    underWay.size < flushes ? 0 : clock() - Math.max(...[...underWay].map(({ since }) => since));

  /** In milliseconds: how long whoever came now would wait, behind so many. */
  const wait = (waiting: number): number =>
    turns.lateMs() + stuckMs() + (waiting < fewest ? 0 : (waiting * 1000) / rate.perSecond());

  /** Refuses one more, and tells when to come back, in seconds. */
  const turnAway = (waiting: number): number => {
    const [wouldWaitMs, perSecond] = [wait(waiting), rate.perSecond()];
    tale.refused({ waiting, perSecond: Math.round(perSecond), wouldWaitMs: Math.round(wouldWaitMs) });
    return returnAfter({ wouldWaitMs, perSecond }) / 1000;
  };
  const refusal = (waiting: number): Refusal =>
    new Refusal("overloaded", undefined, [], { retryAfterSeconds: turnAway(waiting) });
  const isTooMuch = (waiting: number, more = 1): boolean => {
    turns.time();
    return (waiting > 0 && waiting + more > most) || wait(waiting) > longest;
  };

  return {
    wait,
    refusal,
    /** When to come back, in seconds, where one more behind those who wait would be too many. */
    turnedAway: (waiting: number): number | undefined => (isTooMuch(waiting) ? turnAway(waiting) : undefined),
    /** Throws `overloaded` where so many more, behind those who wait, would be too many. */
    admit(waiting: number, more = 1): void {
      if (isTooMuch(waiting, more)) throw refusal(waiting);
      tale.admitted();
    },
    began(): Flush {
      const flush = { since: clock() };
      underWay.add(flush);
      return flush;
    },
    ended(flush: Flush, told: Flushed): void {
      underWay.delete(flush);
      rate.flushed(told);
    },
  };
};
