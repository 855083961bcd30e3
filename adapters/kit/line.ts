import type { Limits, Traffic } from "../../schema/platform.ts";
import { type Instant, millis } from "../../schema/primitives.ts";
import { createTurns } from "./turns.ts";

/** On top of the requests themselves, at most a tenth of them again; a few at once where it was quiet before. */
const repeatsPerRequest = 0.1;
const mostRepeatsAtOnce = 10;
/** A clock that is off by less is a clock as clocks are, and a reply that took its time. */
const skewNoticedMs = 30_000;

/** Repeats that requests have earned: a platform in trouble is not asked twice as often as one that is well. */
const createRepeats = () => {
  let earned = mostRepeatsAtOnce;
  let taken = 0;
  return {
    earn: () => {
      earned = Math.min(mostRepeatsAtOnce, earned + repeatsPerRequest);
    },
    take: (): boolean => {
      if (earned < 1) return false;
      earned -= 1;
      taken += 1;
      return true;
    },
    state: () => ({ repeats: taken, repeatsLeft: Math.floor(earned) }),
  };
};

/** How far a platform's clock is off, by the `Date` of its last reply. */
const createSkew = (now: () => Instant) => {
  let last = "";
  let offMs = 0;
  return {
    hear: (date: string | undefined) => {
      // A date has seconds: the same one again says nothing new, and need not be read.
      if (date === undefined || date === last) return;
      last = date;
      const there = Date.parse(date);
      if (!Number.isNaN(there)) offMs = there - millis(now());
    },
    /** Positive where its clock is ahead of ours; 0 where it is right, or says nothing. */
    ms: () => (Math.abs(offMs) < skewNoticedMs ? 0 : offMs),
  };
};

type LineSettings = {
  /** Without them no request waits, and none is repeated: so does the kit try an adapter. */
  limits?: Limits;
  /** How many gateways share them at this moment; one, where it is absent. */
  sharers?(): number;
  now(): Instant;
  sleep(milliseconds: number): Promise<void>;
};

/** All that the requests to one platform share, whatever its addresses: turns, repeats, and what its clock says. */
export const createLine = ({ limits, sharers, now, sleep }: LineSettings) => {
  const turns = limits && createTurns(limits, { now, sleep, sharers });
  const repeats = limits && createRepeats();
  const skew = createSkew(now);
  /** Nothing of a line without limits, which counts nothing. */
  const state = (): Traffic | undefined =>
    limits &&
    turns &&
    repeats && {
      ...{ limits, ...turns.state(), ...repeats.state() },
      clockSkewSeconds: Math.round(skew.ms() / 1000),
    };
  return { connections: limits?.atOnce, turns, repeats, skew, sleep, state };
};
export type Line = ReturnType<typeof createLine>;
