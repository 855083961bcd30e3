import { AdapterError } from "../../schema/adapter.ts";
import type { Limits } from "../../schema/platform.ts";
import { type Instant, instant, millis } from "../../schema/primitives.ts";
import type { Deadline } from "./deadline.ts";

/** Whoever waits: until it is their turn, or until they give up. */
type Waiting = { go(): void };
type Asking = {
  /** Somebody looks at a page: before whoever only reads a list. */
  ahead: boolean;
  /** How long it may take until the request leaves. */
  withinMs: number;
  limit: Deadline;
};
type World = {
  now(): Instant;
  sleep(milliseconds: number): Promise<void>;
  /** How many gateways share the limits at this moment; one, where it is absent. */
  sharers?(): number;
};

/** Of four turns, whoever waits behind gets one: a crowd at the page does not stop a list for good. */
const aheadInARow = 3;
/** A wait is looked at anew after so long, since a platform may have asked for more patience meanwhile. */
const lookAgainMs = 1_000;

/**
 * The turns of the requests to one platform: a bucket of tokens, which fills by the operator's limits, and so many at
 * once. Time is the gateway's, and only ever passes: also where its clock stands still for a test, a wait that was
 * slept is over. Several gateways divide the limits among them, so that together they ask no more than was agreed; but
 * each may have one request under way, and one together after a pause, since none could ask at all otherwise.
 */
export const createTurns = (limits: Limits, { now, sleep, sharers = () => 1 }: World) => {
  const mine = (all: number) => Math.max(1, Math.floor(all / sharers()));
  const perMs = () => limits.requestsPerSecond / 1000 / sharers();
  const lines = { ahead: new Set<Waiting>(), behind: new Set<Waiting>() };
  let tokens = mine(limits.burst);
  let heldMs = 0;
  let at = millis(now());
  let running = 0;
  let inARow = 0;
  let serving = false;

  const pass = (atLeast = at) => {
    const next = Math.max(millis(now()), atLeast);
    const elapsed = Math.max(0, next - at);
    at += elapsed;
    tokens = Math.min(mine(limits.burst), tokens + elapsed * perMs());
    heldMs = Math.max(0, heldMs - elapsed);
  };
  const waiting = () => lines.ahead.size + lines.behind.size;
  /** Until the nth of those who wait may go, as far as the tokens say. */
  const dueInMs = (nth: number) => Math.max(heldMs, (nth - tokens) / perMs(), 0);
  const begin = () => {
    tokens -= 1;
    running += 1;
  };

  const nextLine = () => {
    const { ahead, behind } = lines;
    const takesBehind = ahead.size === 0 || (behind.size > 0 && inARow >= aheadInARow);
    inARow = takesBehind ? 0 : inARow + 1;
    return takesBehind ? behind : ahead;
  };

  /** Lets one after the other go, sleeping between them; ends when nobody waits, or all places are taken. */
  const serve = async () => {
    if (serving) return;
    serving = true;
    pass();
    while (waiting() > 0 && running < mine(limits.atOnce)) {
      const dueMs = dueInMs(1);
      if (dueMs > 0) {
        // Whole milliseconds, as clocks have them: a wait for a fraction of one would never be over.
        const until = at + Math.min(Math.ceil(dueMs), lookAgainMs);
        await sleep(until - at);
        pass(until);
        continue;
      }
      const line = nextLine();
      for (const first of line) {
        line.delete(first);
        begin();
        first.go();
        break;
      }
    }
    serving = false;
  };

  const late = (dueMs: number): AdapterError => {
    const isFull = running >= mine(limits.atOnce);
    return isFull
      ? new AdapterError("unavailable", "no request to this platform ended in time for another to begin", {
          ...{ retryAfterSeconds: 1, heldBack: "no-turn" },
        })
      : new AdapterError("throttled", "the platform's limits leave no turn in time", {
          ...{ retryAfterSeconds: Math.ceil(dueMs / 1000), heldBack: "no-turn" },
        });
  };

  const queue = ({ ahead, limit }: Asking): Promise<void> =>
    new Promise((resolve, reject) => {
      const line = ahead ? lines.ahead : lines.behind;
      const giveUp = () => {
        line.delete(me);
        pass();
        reject(late(dueInMs(1)));
      };
      const go = () => {
        limit.hear(undefined);
        resolve();
      };
      const me = { go };
      line.add(me);
      limit.hear(giveUp);
      void serve();
    });

  return {
    /**
     * Takes a turn: at once, where nothing is returned. Who cannot have one in time is refused without waiting, and
     * nothing was asked of the platform: `throttled`, or `unavailable` where all its places are taken.
     */
    take(asking: Asking): Promise<void> | undefined {
      pass();
      if (waiting() === 0 && running < mine(limits.atOnce) && dueInMs(1) === 0) {
        begin();
        return undefined;
      }
      const before = asking.ahead ? lines.ahead.size : waiting();
      const dueMs = dueInMs(before + 1);
      if (dueMs > asking.withinMs || asking.limit.isOver) throw late(dueMs);
      return queue(asking);
    },
    /** A request has ended, however. */
    leave(): void {
      running -= 1;
      if (waiting() > 0) void serve();
    },
    /** The platform wants to be left alone for so long. */
    hold(seconds: number): void {
      pass();
      heldMs = Math.max(heldMs, seconds * 1000);
    },
    state: () => {
      pass();
      return {
        ...{ tokens: Math.floor(tokens), running, waiting: waiting() },
        ...(heldMs > 0 ? { heldUntil: instant(at + heldMs) } : {}),
      };
    },
  };
};
export type Turns = ReturnType<typeof createTurns>;
