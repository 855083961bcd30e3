import type { Log } from "../../schema/adapter.ts";
import { type Instant, instant, millis } from "../../schema/primitives.ts";
import * as outbox from "../store/outbox.ts";
import { type Carrier, PlatformFault } from "./carrier.ts";
import { deliver, recurs } from "./deliver.ts";

export type WorkerWorld = Carrier & {
  log: Log;
  /** How long an order may take before another worker takes it over, on the gateway's clock. */
  leaseMs?: number;
  /** How often to look for due orders though nobody nudged, in real milliseconds. */
  pollMs?: number;
  /** In [0, 1): spreads repeats out. */
  random(): number;
};

const atOnce = 24;
/** After so many tries in vain an order is left to a person: two days and more, by then. */
const mostTries = 1000;

/** Five seconds, doubling to five minutes, half of it by chance so that repeats do not come in step. */
const backOff = (attempts: number, random: number): number =>
  Math.min(300_000, 5_000 * 2 ** Math.min(attempts - 1, 10)) * (0.5 + random / 2);

const faultOf = (error: unknown): string =>
  error instanceof Error && "fault" in error && typeof error.fault === "string" ? error.fault : "internal";

const failureOf = (error: unknown): outbox.Failure => ({
  fault: faultOf(error),
  platform: error instanceof PlatformFault ? error.platform : undefined,
});

const waitOf = (error: unknown): number =>
  error instanceof Error && "retryAfterSeconds" in error && typeof error.retryAfterSeconds === "number"
    ? error.retryAfterSeconds * 1000
    : 0;

/**
 * The one visible loop: takes due orders from the outbox, carries them out, and puts back what may go better
 * later. Any number of workers, here or on other machines, share one outbox.
 */
export const createWorker = (world: WorkerWorld) => {
  const { deps, log, leaseMs = 120_000, pollMs = 250 } = world;
  const running = new Set<Promise<void>>();
  let wake: (() => void) | undefined;
  let stopped = false;

  const failed = async (order: outbox.Order, error: unknown) => {
    const failure = failureOf(error);
    const { fault } = failure;
    const facts = { effect: order.effect.kind, attempts: order.attempts, ...failure };
    if (!recurs(order.effect) && (fault === "rejected" || order.attempts >= mostTries)) {
      log.warn(facts, "an effect was given up");
      await outbox.bury(deps.db, order.id, failure);
      return;
    }
    if (fault === "internal") log.warn({ ...facts, error: String(error) }, "an effect failed");
    const wait = Math.max(backOff(order.attempts, world.random()), waitOf(error));
    const at: Instant = instant(millis(deps.now()) + wait);
    await outbox.again(deps.db, order.id, { at, ...failure });
  };

  const run = async (order: outbox.Order): Promise<void> => {
    try {
      const again = await deliver(world, order.effect);
      if (again) await outbox.later(deps.db, order.id, again);
      else await outbox.done(deps.db, order.id);
    } catch (error) {
      await failed(order, error);
    }
  };

  const take = async (): Promise<number> => {
    const limit = atOnce - running.size;
    if (limit <= 0) return 0;
    const orders = await outbox.claim(deps.db, { now: deps.now(), limit, leaseMs });
    for (const order of orders) {
      const job: Promise<void> = run(order)
        .catch((error: unknown) => log.warn({ error: String(error) }, "an order could not be put back"))
        .finally(() => running.delete(job));
      running.add(job);
    }
    return orders.length;
  };

  /** Until nothing is due and nothing runs. */
  const drain = async (): Promise<void> => {
    while ((await take()) > 0 || running.size > 0) await Promise.race(running);
  };

  const idle = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const loop = async (): Promise<void> => {
    while (!stopped) {
      const taken = await take().catch((error: unknown) => {
        log.warn({ error: String(error) }, "the outbox cannot be read");
        return 0;
      });
      if (running.size >= atOnce) await Promise.race(running);
      else if (taken === 0 && !stopped) await idle();
    }
    await Promise.all(running);
  };

  let looping: Promise<void> | undefined;
  return {
    drain,
    start: () => {
      looping = loop();
    },
    nudge: () => wake?.(),
    stop: async () => {
      stopped = true;
      wake?.();
      await looping;
    },
  };
};
export type Worker = ReturnType<typeof createWorker>;
