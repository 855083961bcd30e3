import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createClock } from "../../adapters/kit/clock.ts";
import { errandOf } from "../../adapters/kit/errand.ts";
import { guardPorts } from "../../adapters/kit/guard.ts";
import { AdapterError, type AdapterFault, type Ports } from "../../schema/adapter.ts";
import { type ExternalId, plusMinutes } from "../../schema/primitives.ts";
import { afternoon } from "../support/gateway.ts";
import { quiet } from "../support/quiet.ts";

/* A platform's ports behind their guard, in time that the tests move: the machine's, and the gateway's apart from it. */

beforeEach(() => void vi.useFakeTimers({ now: Date.parse(afternoon) }));
afterEach(() => void vi.useRealTimers());

type Put = () => Promise<{ externalId: ExternalId }>;
const taken = { externalId: "r-1" as ExternalId };
const failing =
  (fault: AdapterFault): Put =>
  async () => {
    throw new AdapterError(fault, "as the test wants it");
  };

const guard = (settings: { callsAtOnce?: number; callMs?: number } = {}) => {
  const clock = createClock(afternoon);
  const platform = { put: failing("unavailable"), asked: 0 };
  const roster = {
    put: () => {
      platform.asked += 1;
      return platform.put();
    },
    pull: async () => ({ records: [], next: "", complete: true }),
    close: async () => undefined,
  };
  const given = { now: clock.now, log: quiet, callsAtOnce: 100, ...settings };
  const { ports, state } = guardPorts({ roster } satisfies Partial<Ports>, given);
  const put = () => ports.roster?.put({} as never) ?? Promise.reject(new Error("no such port"));
  const fail = async (times: number) => {
    for (let nth = 0; nth < times; nth += 1) await put().catch(() => undefined);
  };
  const [own] = [() => state()[0]];
  return { clock, platform, put, fail, state: own };
};

test.each(["unavailable", "unknown", "drifted"] as const)(
  "five calls in a row that end %s are enough: the next is refused without asking, and told when to come",
  async (fault) => {
    const { platform, put, fail, state } = guard();
    platform.put = failing(fault);
    await fail(5);
    await expect(put()).rejects.toMatchObject({
      ...{ fault: "unavailable", retryAfterSeconds: 5, heldBack: "breaker-open" },
    });
    expect(platform.asked).toBe(5);
    expect(state()).toMatchObject({ breaker: "open", until: plusMinutes(afternoon, 5 / 60), calls: 0 });
  },
);

test.each(["rejected", "throttled", "forged"] as const)("%s is an answer", async (fault) => {
  const { platform, put, fail, state } = guard();
  await fail(4);
  platform.put = failing(fault);
  await expect(put()).rejects.toMatchObject({ fault });
  platform.put = failing("unavailable");
  await fail(4);
  expect(state()).toMatchObject({ breaker: "closed" });
});

test("each trial that fails doubles the rest, to a minute; one that goes well ends it", async () => {
  const { clock, platform, put, fail, state } = guard();
  await fail(5);
  for (const seconds of [5, 10, 20, 40, 60, 60]) {
    clock.set(plusMinutes(clock.now(), (seconds - 1) / 60));
    await expect(put()).rejects.toMatchObject({ retryAfterSeconds: 1 });
    clock.set(plusMinutes(clock.now(), 1 / 60));
    expect(state()).toMatchObject({ breaker: "half-open" });
    await fail(1);
    expect(state()).toMatchObject({ breaker: "open" });
  }
  expect(platform.asked).toBe(5 + 6);
  platform.put = async () => taken;
  clock.set(plusMinutes(clock.now(), 1));
  await expect(put()).resolves.toEqual(taken);
  platform.put = failing("unavailable");
  await fail(4);
  expect(state()).toMatchObject({ breaker: "closed" });
  await expect(put()).rejects.toMatchObject({ retryAfterSeconds: 5 });
});

test("a platform that comes back is noticed in its time also where the gateway's clock stands still", async () => {
  const { platform, put, fail } = guard();
  await fail(5);
  platform.put = async () => taken;
  await vi.advanceTimersByTimeAsync(4_999);
  await expect(put()).rejects.toMatchObject({ fault: "unavailable" });
  await vi.advanceTimersByTimeAsync(1);
  await expect(put()).resolves.toEqual(taken);
});

test("while one tries whether it is back, nobody waits for the trial", async () => {
  const { clock, platform, put, fail } = guard();
  await fail(5);
  clock.set(plusMinutes(clock.now(), 1));
  let answer: (() => void) | undefined;
  platform.put = () =>
    new Promise((resolve) => {
      answer = () => resolve(taken);
    });
  const trial = put();
  await expect(put()).rejects.toMatchObject({ fault: "unavailable", retryAfterSeconds: 1 });
  expect(platform.asked).toBe(6);
  answer?.();
  await expect(trial).resolves.toEqual(taken);
});

test("a call that began before a trial and fails during it does not undo it", async () => {
  const { clock, platform, put, fail, state } = guard();
  let hangUp: (() => void) | undefined;
  platform.put = () =>
    new Promise((_, reject) => {
      hangUp = () => reject(new AdapterError("unavailable", "at last"));
    });
  const old = put();
  platform.put = failing("unavailable");
  await fail(5);
  clock.set(plusMinutes(clock.now(), 1));
  platform.put = async () => {
    hangUp?.();
    await old.catch(() => undefined);
    return taken;
  };
  await expect(put()).resolves.toEqual(taken);
  expect(state()).toMatchObject({ breaker: "closed" });
});

test("one port's calls are counted: one too many is refused at once, and the others are not disturbed", async () => {
  const { platform, put, state } = guard({ callsAtOnce: 3 });
  const answers: (() => void)[] = [];
  platform.put = () => new Promise((resolve) => answers.push(() => resolve(taken)));
  const running = [put(), put(), put()];
  await expect(put()).rejects.toMatchObject({ fault: "unavailable", heldBack: "bulkhead-full" });
  expect([platform.asked, state()?.calls]).toEqual([3, 3]);
  for (const each of answers) each();
  await expect(Promise.all(running)).resolves.toHaveLength(3);
  expect(state()).toMatchObject({ breaker: "closed", calls: 0 });
});

test("a call that never ends is over at its deadline, and so are its requests: it may have happened", async () => {
  const { platform, put } = guard({ callMs: 1_000 });
  let signal: AbortSignal | undefined;
  platform.put = () => {
    signal = errandOf()?.signal;
    return new Promise(() => undefined);
  };
  const ended = expect(put()).rejects.toMatchObject({ name: "AdapterError", fault: "unknown" });
  expect(signal?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  await ended;
  expect(signal?.aborted).toBe(true);
});
