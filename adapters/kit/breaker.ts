import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll } from "cockatiel";
import { type Instant, instant, millis } from "../../schema/primitives.ts";

export type BreakerState = {
  /** `half-open`: the next call, or one that runs now, shows whether the platform is back. */
  breaker: "closed" | "open" | "half-open";
  /** Until when it is left alone, on the gateway's clock. */
  until?: Instant;
  /** When it opened, or closed again; nothing where it never opened. */
  since?: Instant;
};

/** So many calls in a row that failed open it. */
const failuresInARow = 5;
/** Left alone for so long; twice as long after each trial that failed, and never longer than a minute. */
const rests = { firstMs: 5_000, longestMs: 60_000 };

/** What a call ended with, where it says that the platform is there. */
type Heard<Result> = { result: Result } | { thrown: unknown };

/**
 * A circuit breaker. The library counts; for how long the circuit stays open is decided here, since it must be over by
 * the gateway's clock, which tests and demonstrations move, or by the machine's, whichever comes first.
 */
export const createBreaker = ({ now, isFailure }: { now(): Instant; isFailure(error: unknown): boolean }) => {
  const policy = circuitBreaker(handleAll, {
    halfOpenAfter: 0,
    breaker: new ConsecutiveBreaker(failuresInARow),
  });
  let opened = 0;
  let rest = { clock: 0, machine: 0 };
  let since: Instant | undefined;
  /** Counts the changes of state: a call that began before the last one says nothing new. */
  let era = 0;
  policy.onBreak(() => {
    const ms = Math.min(rests.firstMs * 2 ** Math.min(opened, 10), rests.longestMs);
    rest = { clock: millis(now()) + ms, machine: performance.now() + ms };
    if (opened === 0) since = now();
    opened += 1;
  });
  policy.onReset(() => {
    opened = 0;
    since = now();
  });
  policy.onStateChange(() => {
    era += 1;
  });

  const restsForMs = () =>
    policy.state === CircuitState.Open
      ? Math.max(0, Math.min(rest.clock - millis(now()), rest.machine - performance.now()))
      : 0;

  return {
    /** How long nothing is to be asked; 0 where a call may be made. Another call waits for no trial. */
    restsForSeconds: (): number =>
      policy.state === CircuitState.HalfOpen ? 1 : Math.ceil(restsForMs() / 1000),
    /** Makes the call. To be asked at once after `restsForSeconds` said 0. */
    execute: async <Result>(work: () => Promise<Result>): Promise<Result> => {
      const hear = async (): Promise<Heard<Result>> => {
        try {
          return { result: await work() };
        } catch (thrown) {
          if (isFailure(thrown) && began === era) throw thrown;
          return { thrown };
        }
      };
      const hearing = policy.execute(hear);
      // A trial begins an era, and is of it.
      const began = era;
      const heard = await hearing;
      if ("thrown" in heard) throw heard.thrown;
      return heard.result;
    },
    state: (): BreakerState => {
      const ms = restsForMs();
      const from = since && { since };
      if (policy.state === CircuitState.Closed) return { breaker: "closed", ...from };
      if (ms <= 0) return { breaker: "half-open", ...from };
      return { breaker: "open", until: instant(millis(now()) + ms), ...from };
    },
  };
};
