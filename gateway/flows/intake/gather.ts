import type { Log } from "../../../schema/adapter.ts";
import { Refusal } from "../../../schema/errors.ts";
import type { Deps } from "../deps.ts";
import type { Answer, Arrival } from "./decide.ts";
import { keepDirectory } from "./directory.ts";
import { openGate } from "./gate.ts";
import { createPressure, type Flush, type PressureLimits } from "./pressure.ts";
import { type Outcome, type Place, placeIn, type Settle, takeIn } from "./take-in.ts";
import { openWaitingRoom, type Waiting } from "./waiting-room.ts";

export type Intake = {
  /**
   * Throws `overloaded` while nobody can be taken in. Asked before a request is read, since to refuse it then costs
   * least; it is read once this is over.
   */
  admit(): Promise<void> | undefined;
  /** In seconds: when to come back, where nobody can be taken in now. Costs less than `admit`, and lets nobody in. */
  turnedAway(): number | undefined;
  /** Answers once it is committed: then it is on the list whatever happens to this process or to the database. */
  register(arrival: Arrival): Promise<Answer>;
  /** The same for many at once, each with its own outcome, in the order given. */
  registerAll(arrivals: readonly Arrival[]): Promise<Outcome[]>;
  /** How many have come and are not being written yet. */
  waiting(): number;
};

type Limits = {
  /** So many transactions are under way at once: one is written while the next is looked up and sealed. */
  flushes: number;
  /** So many registrations are written in one. */
  atOnce: number;
  pressure: Partial<PressureLimits>;
  /** So many are read before whatever else has come is served. */
  readAtOnce: number;
  /** Whoever has waited so long and is not being written yet is refused after all: nothing was done for them. */
  patienceMs: number;
  /** Whoever is being written so long is told that the database does not answer: they may be on the list or not. */
  answerMs: number;
  log: Log;
};

type UnderWay = { flush: Flush; open: Map<Arrival, Waiting> };

/** With so many a flush begins, however many more are about to come; and after so long, however few there are. */
const enough = 64;
const longestMs = 50;
const lookEveryMs = 250;

/**
 * Gathers the registrations that come while others are being written. There is no timer: whoever comes while fewer than
 * `flushes` are under way is written at once, together with whoever came in the same turn of the event loop; the others
 * wait for the next, and the more they are, the less each costs. Waiting for more to come halves the rate of eight
 * connections (docs/performance.md).
 */
export const openIntake = (
  deps: Deps,
  {
    flushes = 2,
    atOnce = 200,
    pressure: limits,
    readAtOnce = 32,
    patienceMs = 3_000,
    answerMs = 10_000,
    log,
  }: Partial<Limits> = {},
  place: Place = placeIn(deps.db, keepDirectory(deps.db)),
): Intake => {
  const pressure = createPressure({ flushes, limits, log });
  const gate = openGate(readAtOnce);
  const room = openWaitingRoom();
  const underWay = new Set<UnderWay>();
  const waiting = () => gate.waiting() + room.size();
  let due = false;
  let isLooking = false;

  const write = async ({ open }: UnderWay): Promise<void> => {
    const settle: Settle = (arrival, outcome) => {
      open.get(arrival)?.settle(outcome);
      open.delete(arrival);
    };
    try {
      const later = await takeIn(deps, place, [...open.keys()], settle);
      room.comeBack(later.flatMap((each) => open.get(each) ?? []));
    } catch (error) {
      for (const arrival of open.keys()) settle(arrival, { error });
    }
    deps.nudge();
  };

  const flush = (): void => {
    due = false;
    // Those at the gate are read in a moment, and many are written for the price of few. But where most are refused,
    // the gate is never empty, and there are never enough.
    const isLong = room.since() < performance.now() - longestMs;
    if (gate.waiting() > 0 && room.size() < enough && !isLong) {
      flushSoon();
      return;
    }
    while (underWay.size < flushes && room.size() > 0) {
      const batch = room.next(atOnce);
      const one = { flush: pressure.began(), open: new Map(batch.map((each) => [each.arrival, each])) };
      underWay.add(one);
      void write(one).finally(() => {
        underWay.delete(one);
        // Also those who come back: whoever comes next has waited for their turn, and not for their answer.
        pressure.ended(one.flush, { answered: batch.length, waiting: waiting() });
        flush();
      });
    }
  };

  const flushSoon = (): void => {
    if (due || underWay.size >= flushes) return;
    due = true;
    setImmediate(flush);
  };

  /** Everybody is answered, whatever the database does. */
  const look = (): void => {
    isLooking = false;
    const now = performance.now();
    for (const { settle } of room.tired(now - patienceMs)) settle({ error: pressure.refusal(room.size()) });
    for (const { flush, open } of underWay)
      if (now - flush.since > answerMs)
        for (const { settle } of open.values()) settle({ error: new Refusal("database_unavailable") });
    lookLater();
  };
  const lookLater = (): void => {
    if (isLooking || room.size() + underWay.size === 0) return;
    isLooking = true;
    setTimeout(look, lookEveryMs).unref();
  };

  const enter = (arrival: Arrival): Promise<Outcome> =>
    new Promise((settle) => {
      room.enter({ arrival, settle, since: performance.now() });
      lookLater();
      flushSoon();
    });

  return {
    admit: () => {
      pressure.admit(waiting());
      return gate.pass();
    },
    turnedAway: () => pressure.turnedAway(waiting()),
    register: async (arrival) => {
      // Others may have come while this one was read.
      pressure.admit(room.size());
      const outcome = await enter(arrival);
      if ("error" in outcome) throw outcome.error;
      return outcome.answer;
    },
    registerAll: async (arrivals) => {
      pressure.admit(room.size(), arrivals.length);
      return Promise.all(arrivals.map(enter));
    },
    waiting,
  };
};
