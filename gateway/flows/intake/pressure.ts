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

type Given = {
  /** So many flushes may be under way at once. */
  flushes: number;
  limits?: Partial<PressureLimits>;
  log?: Log;
  /** Milliseconds that never go back. */
  clock?(): number;
  chance?(): number;
  /** Calls back once the event loop has come round. */
  afterTurn?(work: () => void): unknown;
};

export type Flush = { since: number };
export type Pressure = ReturnType<typeof createPressure>;

/** Registrations a second, until it has been seen: fewer than the slowest machine did at which this was tried. */
const perSecondAtFirst = 400;
/** In milliseconds: what was written longer ago says little about what is written now. */
const memoryMs = 500;
const soonestMs = 1_000;
/** Whoever is told to come back later than this does not come back. */
const latestMs = 30_000;
const turnHoldsMs = 1_000;
const calmMs = 5_000;

export const createPressure = ({
  flushes,
  limits: { waitMs: longest = 1_500, waiting: most = 5_000 } = {},
  log,
  clock = () => performance.now(),
  chance = Math.random,
  afterTurn = setImmediate,
}: Given) => {
  const underWay = new Set<Flush>();
  let perSecond = perSecondAtFirst;
  let isMeasured = false;
  /** Since when somebody has been waiting without a break, or since the last flush of that time ended. */
  let busySince: number | undefined;
  let turn = { ms: 0, at: Number.NEGATIVE_INFINITY };
  let isTiming = false;
  let comingBack = Number.NEGATIVE_INFINITY;
  let refused = { count: 0, last: 0 };

  /** What has come to the machine while the loop went round is not read yet, and waits as well. */
  const timeTurn = () => {
    if (isTiming) return;
    isTiming = true;
    const began = clock();
    afterTurn(() => {
      isTiming = false;
      turn = { ms: clock() - began, at: clock() };
    });
  };

  /** A flush has taken so long already that it may take as long again; somebody who comes waits for the newest. */
  const stuckMs = (now: number) =>
    underWay.size < flushes ? 0 : now - Math.max(...[...underWay].map(({ since }) => since));

  /** In milliseconds: how long whoever came now would wait, behind so many. */
  const wait = (waiting: number): number => {
    const now = clock();
    const late = now - turn.at < turnHoldsMs ? turn.ms : 0;
    return late + stuckMs(now) + (waiting * 1000) / perSecond;
  };

  /**
   * When somebody who is refused may come back: one after the other, as fast as they can be served, since who is told
   * the same comes in one wave. It is advice and no place: whoever comes sooner is treated the same.
   */
  const comeBackAfter = (expected: number): number => {
    const now = clock();
    const next = Math.max(comingBack + 1000 / perSecond, now + Math.max(soonestMs, expected));
    comingBack = Math.min(next, now + latestMs);
    return next > comingBack ? (latestMs * (1 + chance())) / 2 : comingBack - now;
  };

  const noteRefused = (waiting: number, expected: number) => {
    if (refused.count === 0) {
      const facts = { waiting, perSecond: Math.round(perSecond), wouldWaitMs: Math.round(expected) };
      log?.warn(facts, "more register than can be written: some are told to come back");
    }
    refused = { count: refused.count + 1, last: clock() };
  };
  const noteAdmitted = () => {
    if (refused.count === 0 || clock() - refused.last < calmMs) return;
    log?.info({ refused: refused.count }, "whoever registers is let in again");
    refused = { count: 0, last: 0 };
  };

  const refusal = (waiting: number): Refusal => {
    const expected = wait(waiting);
    noteRefused(waiting, expected);
    return new Refusal("overloaded", undefined, [], { retryAfterSeconds: comeBackAfter(expected) / 1000 });
  };

  return {
    wait,
    refusal,
    /** Throws `overloaded` where so many more, behind those who wait, would be too many. */
    admit(waiting: number, more = 1): void {
      timeTurn();
      const tooMany = waiting > 0 && waiting + more > most;
      if (tooMany || wait(waiting) > longest) throw refusal(waiting);
      noteAdmitted();
    },
    began(): Flush {
      const flush = { since: clock() };
      underWay.add(flush);
      return flush;
    },
    /** So many were answered by it. What came slowly says nothing of how fast it could be: only a crowd is measured. */
    ended(flush: Flush, { answered, waiting }: { answered: number; waiting: number }): void {
      underWay.delete(flush);
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
