import {
  AdapterError,
  type AdapterFault,
  type Capability,
  type Log,
  type Ports,
} from "../../schema/adapter.ts";
import type { Instant } from "../../schema/primitives.ts";
import { type BreakerState, createBreaker } from "./breaker.ts";
import type { DriftWatch } from "./drift.ts";
import { type Exchange, onErrand } from "./errand.ts";
import { corrections, type Doubts, type Why } from "./plausible.ts";

type GuardSettings = {
  now(): Instant;
  log: Log;
  /** So many calls of one port may be under way; the next is refused. */
  callsAtOnce: number;
  /** On the machine's clock, as the deadline of a request is. */
  callMs?: number;
  drift?: DriftWatch;
};
export type GuardState = BreakerState & { calls: number; callsAtOnce: number; lastGoodAt?: Instant };

/** Longer than any port takes over its requests, and well within a worker's lease. */
const longestCallMs = 60_000;
/** What comes from outside, and what lies in a file: neither waits for the platform. */
const unguarded: readonly Capability[] = ["inbound", "spreadsheet"];
/** Whoever only read can say that nothing happened. */
const reads = new Set(["pull", "list", "find", "held", "answers", "changes"]);
/** They say that the platform is not well, rather than what it thinks of us. */
const failures: readonly AdapterFault[] = ["unavailable", "unknown", "drifted"];

const isFailure = (error: unknown): error is AdapterError =>
  error instanceof AdapterError && failures.includes(error.fault);

/** What a call was answered last, should it not be readable: of requests made side by side, each. */
const exchangesKept = 8;
type InTime = { method: string; ahead: boolean; callMs: number; exchanges: Exchange[] };

/** One call, over at its deadline whether the adapter sees it or not; its requests end with it. */
const inTime = async <Result>(
  { method, ahead, callMs, exchanges }: InTime,
  work: () => Promise<Result>,
): Promise<Result> => {
  const limit = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const fault = reads.has(method) ? "unavailable" : "unknown";
      reject(new AdapterError(fault, `${method} was not over in time`));
      limit.abort();
    }, callMs);
  });
  const hear = (exchange: Exchange) => {
    exchanges.push(exchange);
    if (exchanges.length > exchangesKept) exchanges.shift();
  };
  try {
    return await Promise.race([onErrand({ ahead, signal: limit.signal, hear }, work), late]);
  } finally {
    clearTimeout(timer);
  }
};

const createGuard = (capability: Capability, settings: GuardSettings) => {
  const { now, callsAtOnce, callMs = longestCallMs, drift } = settings;
  const breaker = createBreaker({ now, isFailure });
  // Somebody looks at a page: their requests go before those of a list that is read meanwhile.
  const ahead = capability === "slots";
  let calls = 0;
  let lastGoodAt: Instant | undefined;

  const refuseWhereUseless = () => {
    const retryAfterSeconds = breaker.restsForSeconds();
    if (retryAfterSeconds > 0)
      throw new AdapterError("unavailable", "it failed again and again, and is left alone for a while", {
        ...{ retryAfterSeconds, heldBack: "breaker-open" },
      });
    if (calls >= callsAtOnce)
      throw new AdapterError("unavailable", "too many calls wait for it", {
        ...{ retryAfterSeconds: 1, heldBack: "bulkhead-full" },
      });
  };

  /** Whoever meets a failure that left the breaker open is told when to come back. */
  const withPatience = (error: unknown): unknown => {
    const retryAfterSeconds = isFailure(error) ? breaker.restsForSeconds() : 0;
    if (!(error instanceof AdapterError) || !retryAfterSeconds || error.retryAfterSeconds) return error;
    const { fault, message, heldBack } = error;
    return new AdapterError(fault, message, { cause: error, retryAfterSeconds, heldBack });
  };

  const run = async <Result>(method: string, work: () => Promise<Result>): Promise<Result> => {
    refuseWhereUseless();
    calls += 1;
    const [name, exchanges]: [string, Exchange[]] = [`${capability}.${method}`, []];
    try {
      const result = await breaker.execute(() => inTime({ method, ahead, callMs, exchanges }, work));
      lastGoodAt = now();
      drift?.went(name, exchanges);
      return result;
    } catch (error) {
      drift?.failed(name, error, exchanges);
      throw withPatience(error);
    } finally {
      calls -= 1;
    }
  };
  const state = (): GuardState => ({ ...breaker.state(), calls, callsAtOnce, lastGoodAt });
  return { run, state };
};
type Guard = ReturnType<typeof createGuard>;

type Correct = (doubts: Doubts, result: unknown, input: unknown) => unknown;

/**
 * A port whose methods, its own or those of its class, all go through its guard, and whose answers are corrected where
 * no platform can mean them.
 */
const guarded = <Port extends object>(
  port: Port,
  { capability, guard, doubts }: { capability: Capability; guard: Guard | undefined; doubts: Doubts },
): Port =>
  new Proxy(port, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== "function") return method;
      const correct = Reflect.get(corrections[capability] ?? {}, name) as Correct | undefined;
      return (...given: unknown[]) => {
        const ask = async (): Promise<unknown> => {
          const result: unknown = await Reflect.apply(method, target, given);
          return correct ? correct(doubts, result, given[0]) : result;
        };
        return guard ? guard.run(String(name), ask) : ask();
      };
    },
  });

/** What was left out of a port's answers, by the reason: told once, and counted from then on. */
const createDropped = (port: Capability, log: Log) => {
  const counts: Partial<Record<Why, number>> = {};
  const dropped = (why: Why): void => {
    if (!counts[why]) log.warn({ port, why }, "a platform said what cannot be; it is left out, and counted");
    counts[why] = (counts[why] ?? 0) + 1;
  };
  return { counts, dropped };
};

/**
 * A platform's ports with a guard before each: a circuit breaker, a bulkhead and a deadline, so that a port that fails
 * or hangs costs whoever calls it nothing, and the platform's other ports as little. Refusals are `unavailable`: the
 * platform was not asked. What no platform can mean is left out of its answers.
 */
export const guardPorts = (ports: Partial<Ports>, settings: GuardSettings) => {
  const { now, log } = settings;
  const guards = new Map<Capability, { guard: Guard; counts: Partial<Record<Why, number>> }>();
  const each = Object.entries(ports).map(([name, port]) => {
    const capability = name as Capability;
    const { counts, dropped } = createDropped(capability, log);
    const guard = unguarded.includes(capability) ? undefined : createGuard(capability, settings);
    if (guard) guards.set(capability, { guard, counts });
    return [name, guarded(port, { capability, guard, doubts: { now, dropped } })];
  });
  return {
    ports: Object.fromEntries(each) as Partial<Ports>,
    /** Of each port that has a guard. */
    state: () =>
      [...guards].map(([port, { guard, counts }]) => ({ port, ...guard.state(), dropped: counts })),
  };
};
