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
type GuardState = BreakerState & { calls: number; callsAtOnce: number; lastGoodAt?: Instant };

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

/** One call, over at its deadline whether the adapter sees it or not. */
const inTime = <Result>(
  { method, callMs }: { method: string; callMs: number },
  work: () => Promise<Result>,
): Promise<Result> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const fault = reads.has(method) ? "unavailable" : "unknown";
      reject(new AdapterError(fault, `${method} was not over in time`));
    }, callMs);
    work()
      .finally(() => clearTimeout(timer))
      .then(resolve, reject);
  });

type Call<Result> = { method: string; signal?: AbortSignal; work(): Promise<Result> };

/** The requests of a call end with it: by its caller's signal, or else by one of its own. */
const withItsRequests = <Result>(
  { signal, work }: Call<Result>,
  { callMs, exchanges }: { callMs: number; exchanges: Exchange[] },
): Promise<Result> => {
  const hear = (exchange: Exchange) => {
    exchanges.push(exchange);
    if (exchanges.length > exchangesKept) exchanges.shift();
  };
  if (signal) return onErrand({ hear }, { signal, work });
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), callMs);
  return onErrand({ hear, signal: over.signal }, { work }).finally(() => clearTimeout(timer));
};

const createGuard = (capability: Capability, settings: GuardSettings) => {
  const { now, callsAtOnce, callMs = longestCallMs, drift } = settings;
  const breaker = createBreaker({ now, isFailure });
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

  const run = async <Result>(call: Call<Result>): Promise<Result> => {
    const { method } = call;
    refuseWhereUseless();
    calls += 1;
    const [name, exchanges]: [string, Exchange[]] = [`${capability}.${method}`, []];
    try {
      const result = await breaker.execute(() =>
        inTime({ method, callMs }, () => withItsRequests(call, { callMs, exchanges })),
      );
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

/** By which the caller of a port ends the call, where the port knows such a thing. */
const signalOf = (input: unknown): AbortSignal | undefined =>
  typeof input === "object" && input !== null && "signal" in input && input.signal instanceof AbortSignal
    ? input.signal
    : undefined;

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
        const work = async (): Promise<unknown> => {
          const result: unknown = await Reflect.apply(method, target, given);
          return correct ? correct(doubts, result, given[0]) : result;
        };
        return guard ? guard.run({ method: String(name), signal: signalOf(given[0]), work }) : work();
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
