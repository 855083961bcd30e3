import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { createClock } from "../../adapters/kit/clock.ts";
import { Deadline } from "../../adapters/kit/deadline.ts";
import { createTurns, type Turns } from "../../adapters/kit/turns.ts";
import type { Limits } from "../../schema/platform.ts";
import { instant, millis } from "../../schema/primitives.ts";

const start = instant(Date.UTC(2021, 4, 18, 14));
/** A clock that whoever sleeps puts forward, once everybody else has seen what it showed before. */
const politeClock = () => {
  const { now, sleep } = createClock(start);
  const after = async (milliseconds: number) => {
    await new Promise((resolve) => setImmediate(resolve));
    await sleep(milliseconds);
  };
  return { now, sleep: after };
};
const turnsWith = (limits: Partial<Limits> = {}) => {
  const clock = politeClock();
  const turns = createTurns({ requestsPerSecond: 10, burst: 5, atOnce: 1_000, ...limits }, clock);
  return { clock, turns };
};
/** Somebody with an hour's patience, unless they are gone before. */
const patient = (gone?: AbortSignal) => {
  const limit = new Deadline(3_600_000, [gone]);
  onTestFinished(() => limit.clear());
  return limit;
};
const take = async (turns: Turns, { ahead = false, withinMs = 3_600_000, limit = patient() } = {}) => {
  await turns.take({ ahead, withinMs, limit });
};

describe("the turns of a platform", () => {
  test("let no window of time see more requests than the burst and the rate allow", () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          requestsPerSecond: fc.integer({ min: 1, max: 200 }),
          burst: fc.integer({ min: 1, max: 50 }),
          atOnce: fc.integer({ min: 1, max: 50 }),
        }),
        fc.array(fc.record({ ahead: fc.boolean(), pauseMs: fc.integer({ min: 0, max: 300 }) }), {
          maxLength: 120,
        }),
        async (limits, asks) => {
          const { clock, turns } = turnsWith(limits);
          const left: number[] = [];
          let [running, most] = [0, 0];
          const ask = async (ahead: boolean) => {
            await take(turns, { ahead });
            left.push(millis(clock.now()));
            running += 1;
            most = Math.max(most, running);
            await new Promise((resolve) => setImmediate(resolve));
            running -= 1;
            turns.leave();
          };
          const all: Promise<void>[] = [];
          for (const { ahead, pauseMs } of asks) {
            all.push(ask(ahead));
            if (pauseMs > 200) await clock.sleep(pauseMs);
          }
          await Promise.all(all);
          expect(left).toHaveLength(asks.length);
          expect(most).toBeLessThanOrEqual(limits.atOnce);
          for (const [first, from] of left.entries())
            for (const [last, to] of left.entries()) {
              if (last < first) continue;
              const allowed = limits.burst + ((to - from) / 1000) * limits.requestsPerSecond;
              expect(last - first + 1).toBeLessThanOrEqual(Math.ceil(allowed + 0.001));
            }
          expect(turns.state()).toMatchObject({ running: 0, waiting: 0 });
        },
      ),
      { numRuns: 60 },
    ));

  test("are divided among the gateways that share them, who together ask no more than was agreed", async () => {
    const limits = { requestsPerSecond: 30, burst: 9, atOnce: 6 };
    let sharers = 3;
    const clock = politeClock();
    const turns = createTurns(limits, { ...clock, sharers: () => sharers });
    expect(turns.state().tokens).toBe(3);
    let most = 0;
    const ask = async () => {
      await take(turns);
      most = Math.max(most, turns.state().running);
      await new Promise((resolve) => setImmediate(resolve));
      turns.leave();
    };
    const begun = millis(clock.now());
    await Promise.all(Array.from({ length: 23 }, ask));
    expect(most).toBe(2);
    expect(millis(clock.now()) - begun).toBeGreaterThanOrEqual(2_000);
    sharers = 1;
    await clock.sleep(1_000);
    expect(turns.state().tokens).toBe(9);
    sharers = 20;
    expect(turns.state().tokens).toBe(1);
  });

  test("cost nothing as long as there are tokens: nobody waits, not even for a promise", () => {
    const { turns } = turnsWith();
    for (let ask = 0; ask < 5; ask += 1)
      expect(turns.take({ ahead: false, withinMs: 1_000, limit: patient() })).toBeUndefined();
    expect(turns.take({ ahead: false, withinMs: 1_000, limit: patient() })).toBeInstanceOf(Promise);
  });

  test("let a reader at a page go before a long list, and the list go on all the same", async () => {
    const { turns } = turnsWith({ burst: 1 });
    const order: string[] = [];
    const ask = (who: string) => take(turns, { ahead: who === "page" }).then(() => order.push(who));
    await ask("list");
    const lists = Array.from({ length: 20 }, () => ask("list"));
    const pages = Array.from({ length: 12 }, () => ask("page"));
    await Promise.all(pages);
    expect(order.filter((who) => who === "page")).toHaveLength(12);
    const before = order.filter((who) => who === "list").length - 1;
    expect(before).toBeGreaterThanOrEqual(3);
    expect(before).toBeLessThanOrEqual(5);
    await Promise.all(lists);
  });

  test("refuse at once whoever could not leave in time, and say when they could", async () => {
    const { turns } = turnsWith({ requestsPerSecond: 1, burst: 1 });
    await take(turns);
    const late = () => turns.take({ ahead: false, withinMs: 500, limit: patient() });
    expect(late).toThrow(
      expect.objectContaining({ fault: "throttled", retryAfterSeconds: 1, heldBack: "no-turn" }),
    );
  });

  test("hold everybody until a platform's Retry-After is over", async () => {
    const { clock, turns } = turnsWith();
    turns.hold(17);
    expect(turns.state().heldUntil).toBe(instant(millis(start) + 17_000));
    expect(() => turns.take({ ahead: true, withinMs: 10_000, limit: patient() })).toThrow(
      expect.objectContaining({ fault: "throttled", retryAfterSeconds: 17 }),
    );
    await take(turns, { withinMs: 20_000 });
    expect(millis(clock.now()) - millis(start)).toBeGreaterThanOrEqual(17_000);
    expect(turns.state().heldUntil).toBeUndefined();
  });

  test("forget whoever gives up: their place is another's", async () => {
    const { turns } = turnsWith({ atOnce: 1 });
    await take(turns);
    const gone = new AbortController();
    const impatient = take(turns, { limit: patient(gone.signal) });
    const next = take(turns);
    gone.abort();
    await expect(impatient).rejects.toMatchObject({ fault: "unavailable" });
    turns.leave();
    await next;
    expect(turns.state()).toMatchObject({ running: 1, waiting: 0 });
  });

  test("pass also on a clock that stands still for a test", async () => {
    const turns = createTurns(
      { requestsPerSecond: 1, burst: 1, atOnce: 9 },
      { now: () => start, sleep: async () => undefined },
    );
    for (let ask = 0; ask < 9; ask += 1) await take(turns);
    expect(turns.state().running).toBe(9);
  });
});
