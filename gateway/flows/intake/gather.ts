import type { Deps } from "../deps.ts";
import type { Answer, Arrival } from "./decide.ts";
import { keepDirectory } from "./directory.ts";
import { type Outcome, type Place, placeIn, type Settle, takeIn } from "./take-in.ts";

export type Intake = {
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
};

type Waiting = { arrival: Arrival; settle(outcome: Outcome): void };

/** Whoever came first, and those who came after them to the same region: no transaction writes for two regions. */
const nextOf = (waiting: readonly Waiting[], atOnce: number): Waiting[] => {
  const region = waiting[0]?.arrival.input.region;
  return waiting.filter(({ arrival }) => arrival.input.region === region).slice(0, atOnce);
};

/**
 * Gathers the registrations that come while others are being written. There is no timer: whoever comes while fewer than
 * `flushes` are under way is written at once, together with whoever came in the same turn of the event loop; the others
 * wait for the next, and the more they are, the less each costs. Waiting for more to come halves the rate of eight
 * connections (docs/performance.md).
 */
export const openIntake = (
  deps: Deps,
  { flushes = 2, atOnce = 200 }: Partial<Limits> = {},
  place: Place = placeIn(deps.db, keepDirectory(deps.db)),
): Intake => {
  let waiting: Waiting[] = [];
  let underWay = 0;
  let due = false;

  const write = async (batch: readonly Waiting[]): Promise<void> => {
    const open = new Map(batch.map((each) => [each.arrival, each]));
    const settle: Settle = (arrival, outcome) => {
      open.get(arrival)?.settle(outcome);
      open.delete(arrival);
    };
    try {
      const later = await takeIn(deps, place, [...open.keys()], settle);
      waiting.unshift(...later.flatMap((each) => open.get(each) ?? []));
    } catch (error) {
      for (const arrival of open.keys()) settle(arrival, { error });
    }
    deps.nudge();
  };

  const flush = (): void => {
    due = false;
    while (underWay < flushes && waiting.length > 0) {
      const batch = nextOf(waiting, atOnce);
      const taken = new Set(batch);
      waiting = waiting.filter((each) => !taken.has(each));
      underWay += 1;
      void write(batch).finally(() => {
        underWay -= 1;
        flush();
      });
    }
  };

  const enter = (arrival: Arrival): Promise<Outcome> =>
    new Promise((settle) => {
      waiting.push({ arrival, settle });
      if (due || underWay >= flushes) return;
      due = true;
      setImmediate(flush);
    });

  return {
    register: async (arrival) => {
      const outcome = await enter(arrival);
      if ("error" in outcome) throw outcome.error;
      return outcome.answer;
    },
    registerAll: (arrivals) => Promise.all(arrivals.map(enter)),
    waiting: () => waiting.length,
  };
};
