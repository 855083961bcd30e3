import { AdapterError } from "../../schema/adapter.ts";
import { type Instant, instant, millis, type PlatformName } from "../../schema/primitives.ts";
import * as outbox from "../store/outbox.ts";
import { type Carrier, PlatformFault } from "./carrier.ts";
import { deliver, recurs } from "./deliver.ts";
import { createLanes } from "./lanes.ts";

type WorkerWorld = Omit<Carrier, "heard"> & {
  /** How long an order may take before another worker takes it over, on the gateway's clock. */
  leaseMs?: number;
  /** The gateway that it claims for: when that one is missed, others take its orders over at once. */
  replica?: string;
  /** How often to look for due orders though nobody nudged, in real milliseconds. */
  pollMs?: number;
  /** In [0, 1): spreads repeats out. */
  random(): number;
};

/** How many orders are claimed at a time; those whose lane is full are given back. */
const atOnce = 24;
/** An order that has failed for a week is left to a person. */
const givenUpAfterMs = 7 * 86_400_000;

/** Five seconds, doubling to five minutes, half of it by chance so that repeats do not come in step. */
const backOff = (attempts: number, random: number): number =>
  Math.min(300_000, 5_000 * 2 ** Math.min(attempts - 1, 10)) * (0.5 + random / 2);

/** A platform's failure, or why the gateway itself did not ask. */
const faultOf = (error: unknown): string => {
  if (error instanceof AdapterError) return error.heldBack ?? error.fault;
  return error instanceof Error && "fault" in error && typeof error.fault === "string"
    ? error.fault
    : "internal";
};

/** Bindings change: an order that is asked of another platform than its lane names belongs in that platform's lane. */
const laneAt = (platform: PlatformName, { lane }: outbox.Order) => `${lane.split(" ")[0]} ${platform}`;

const failureOf = (error: unknown, order: outbox.Order): outbox.Failure => {
  const fault = faultOf(error);
  if (!(error instanceof PlatformFault)) return { fault, lane: order.lane };
  return { fault, lane: laneAt(error.platform, order), platform: error.platform };
};

const waitOf = (error: unknown): number =>
  error instanceof Error && "retryAfterSeconds" in error && typeof error.retryAfterSeconds === "number"
    ? error.retryAfterSeconds * 1000
    : 0;

/**
 * The one visible loop: takes due orders from the outbox, carries them out, and puts back what may go better
 * later. Each lane has places of its own, so that a platform that hangs stops its own orders alone. Any number of
 * workers, here or on other machines, share one outbox.
 */
export const createWorker = (world: WorkerWorld) => {
  const { deps, log, leaseMs = 120_000, pollMs = 250, replica: by } = world;
  const lanes = createLanes(deps.now);
  const running = new Set<Promise<void>>();
  let stirred = false;
  let wake: (() => void) | undefined;
  let stopped = false;

  const failed = async (order: outbox.Order, error: unknown) => {
    const failure = failureOf(error, order);
    const { fault } = failure;
    const facts = { effect: order.effect.kind, attempts: order.attempts, ...failure };
    const isOld = millis(deps.now()) - millis(order.createdAt) >= givenUpAfterMs;
    if (!recurs(order.effect) && (fault === "rejected" || isOld)) {
      log.warn(facts, "an effect was given up");
      await outbox.bury(deps.db, order, failure);
      return;
    }
    if (fault === "internal") log.warn({ ...facts, error: String(error) }, "an effect failed");
    const wait = Math.max(backOff(order.attempts, world.random()), waitOf(error));
    const at: Instant = instant(millis(deps.now()) + wait);
    await outbox.again(deps.db, order, { at, ...failure });
  };

  const run = async (order: outbox.Order): Promise<void> => {
    const heard: Carrier["heard"] = (platform, error) => lanes.heard(laneAt(platform, order), error);
    const carrier: Carrier = { ...world, heard };
    try {
      const again = await deliver(carrier, order.effect);
      if (again) await outbox.later(deps.db, order, again);
      else await outbox.done(deps.db, order);
    } catch (error) {
      await failed(order, error);
    }
  };

  /** Something has changed: look again now. */
  const stir = () => {
    stirred = true;
    wake?.();
  };

  const begin = (order: outbox.Order) => {
    const job: Promise<void> = run(order)
      .catch((error: unknown) => log.warn({ error: String(error) }, "an order could not be put back"))
      .finally(() => {
        running.delete(job);
        lanes.leave(order.lane);
        stir();
      });
    running.add(job);
  };

  /** Begins what is due and has a place, and answers with how much that was. */
  const take = async (): Promise<number> => {
    stirred = false;
    const now = deps.now();
    const closed = lanes.closed();
    const orders = await outbox.claim(deps.db, { now, limit: atOnce, leaseMs, closed, by });
    const [entered, left] = [[] as outbox.Order[], [] as outbox.Order[]];
    for (const order of orders) (lanes.enter(order.lane) ? entered : left).push(order);
    for (const order of entered) begin(order);
    await outbox.putBack(deps.db, left);
    return entered.length;
  };

  /** Until nothing is due and nothing runs. */
  const drain = async (): Promise<void> => {
    while ((await take()) > 0 || running.size > 0) if (running.size > 0) await Promise.race(running);
  };

  const idle = () =>
    new Promise<void>((resolve) => {
      if (stirred) return resolve();
      const timer = setTimeout(resolve, pollMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const loop = async (): Promise<void> => {
    const unreadable = (error: unknown) => log.warn({ error: String(error) }, "the outbox cannot be read");
    await outbox.revive(deps.db, deps.now()).catch(unreadable);
    while (!stopped) {
      const taken = (await take().catch(unreadable)) ?? 0;
      if (taken === 0 && !stopped) await idle();
    }
    await Promise.all(running);
  };

  let looping: Promise<void> | undefined;
  return {
    drain,
    start: () => {
      looping = loop();
    },
    nudge: stir,
    stop: async () => {
      stopped = true;
      stir();
      await looping;
    },
  };
};
export type Worker = ReturnType<typeof createWorker>;
