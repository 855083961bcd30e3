import { type Instant, instant, millis } from "../../schema/primitives.ts";

/*
 * When an event is sent again that was not taken: the schedule of the Standard Webhooks specification 1.0 ("Deliverability
 * and reliability"), over three days and a bit, each time up to a tenth later so that repeats do not come in step.
 */

const [second, minute, hour] = [1_000, 60_000, 3_600_000];
/** After the first try, the second, … */
const waits = [
  ...[5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour],
  ...[10 * hour, 14 * hour, 20 * hour, 24 * hour],
];
/** Nobody asks for a longer pause and is heard. */
const longestPause = 24 * hour;
/** After so many failures in a row an address is tried with one event at a time, and less and less often. */
export const ailingAfter = 5;
const longestRest = 5 * minute;
/** An address that takes nothing for so long is asked no more. */
export const disabledAfterMs = 5 * 24 * hour;

const later = (at: Instant, wait: number): Instant => instant(millis(at) + wait);

/** When to send it again after so many tries; nothing where it is given up. `random` in [0, 1). */
export const nextTry = (
  {
    tries,
    at,
    retryAfterSeconds = 0,
  }: { tries: number; at: Instant; retryAfterSeconds?: number | undefined },
  random: number,
): Instant | undefined => {
  const wait = waits[tries - 1];
  if (wait === undefined) return undefined;
  return later(at, Math.max(wait * (1 + random / 10), Math.min(longestPause, retryAfterSeconds * second)));
};

/** Those by which a server says that it is asked too much. */
const crowded = new Set([429, 502, 503, 504]);

/** Until when an address is left alone after so many failures in a row; nothing where it need not be. */
export const restAfter = (
  {
    failures,
    at,
    status,
    retryAfterSeconds = 0,
  }: { failures: number; at: Instant; status?: number | undefined; retryAfterSeconds?: number | undefined },
  random: number,
): Instant | undefined => {
  const asked = Math.min(longestPause, retryAfterSeconds * second);
  const doubled = Math.min(longestRest, 5 * second * 2 ** Math.min(10, Math.max(0, failures - 1)));
  const isWell = failures < ailingAfter && !crowded.has(status ?? 0);
  const rest = Math.max(asked, isWell ? 0 : doubled * (0.5 + random / 2));
  return rest > 0 ? later(at, rest) : undefined;
};
