import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { limitsOf, type SlotLimits } from "../../gateway/flows/slots/limits.ts";
import { markOf } from "../../gateway/flows/slots/mark.ts";
import { type Asked, createSource } from "../../gateway/flows/slots/source.ts";
import type { Slot } from "../../schema/adapter.ts";
import {
  type CentreId,
  type ExternalId,
  type Instant,
  instant,
  PlatformName,
  plusMinutes,
} from "../../schema/primitives.ts";
import { afternoon } from "../support/gateway.ts";

/* One platform as the questions see it, in time that the tests move. */

beforeEach(() => void vi.useFakeTimers({ now: Date.parse(afternoon) }));
afterEach(() => void vi.useRealTimers());

const now = () => instant(Date.now());
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const charleroi = "charleroi" as CentreId;
const slotAt = (startsAt: Instant, id = "1"): Slot => ({
  ...{ externalId: id as ExternalId, centre: charleroi, capacity: 1 },
  ...{ startsAt, endsAt: plusMinutes(startsAt, 15) },
});
const hourly = (nth = 0): Asked => ({
  centres: [charleroi],
  from: plusMinutes(afternoon, 60 * nth),
  until: plusMinutes(afternoon, 60 * (nth + 1)),
});

type List = Parameters<typeof createSource>[0]["list"];

/** A platform that takes so long; what is asked of it waits the deadline out, as a question does. */
const opened = (more: Partial<SlotLimits> = {}) => {
  const platform: { tookMs: number; signals: AbortSignal[]; isDown: boolean } = {
    ...{ tookMs: 20, signals: [], isDown: false },
  };
  const list = vi.fn<List>(async ({ from, signal }) => {
    platform.signals.push(signal);
    await new Promise((resolve, reject) => {
      setTimeout(resolve, platform.tookMs);
      signal.addEventListener("abort", () => reject(new Error("hung up")));
    });
    if (platform.isDown) throw new Error("down");
    return [slotAt(from)];
  });
  const limits = limitsOf({ deadlineMs: 1_000, freshMs: 2_000, ...more });
  const source = createSource({ name: PlatformName.parse("xyz"), list, now }, limits);
  const ask = async (asked = hourly()) => {
    const { wait, answer } = source.ask(asked, markOf(now()));
    const late = new Promise<void>((resolve) => void setTimeout(resolve, limits.deadlineMs));
    if (wait) await Promise.race([wait, late]);
    return answer();
  };
  /** How the platform did, as an answer says it, once it is there. */
  const told = async (asked = hourly()) => {
    const began = Date.now();
    const asking = ask(asked).then(({ source: { state }, slots }) => ({
      ...{ state, slots: slots.length, afterMs: Date.now() - began },
    }));
    await pass(limits.deadlineMs);
    return asking;
  };
  return { platform, list, source, ask, told };
};

test("identical questions at once share one call", async () => {
  const { list, ask } = opened();
  const asking = Promise.all(Array.from({ length: 50 }, () => ask()));
  await pass(20);
  expect((await asking).map(({ source: { state } }) => state)).toEqual(Array(50).fill("ok"));
  expect(list).toHaveBeenCalledTimes(1);
  const others = Promise.all([ask(hourly(1)), ask(hourly(2))]);
  await pass(20);
  await others;
  expect(list).toHaveBeenCalledTimes(3);
});

test("an answer is handed out again while it is young, and says when it was asked for", async () => {
  const { list, ask } = opened();
  const asked = now();
  const first = ask();
  await pass(20);
  await first;
  await pass(1_979);
  expect((await ask()).source).toEqual({ platform: "xyz", state: "ok", asOf: asked });
  expect(list).toHaveBeenCalledTimes(1);
  await pass(1);
  const again = ask();
  await pass(20);
  expect((await again).source.asOf).toBe(instant(Date.parse(asked) + 2_000));
  expect(list).toHaveBeenCalledTimes(2);
});

describe("a platform that hangs", () => {
  test("is late at the deadline, and the call goes on for the memory's sake", async () => {
    const { platform, list, told } = opened();
    platform.tookMs = 1_800;
    expect(await told()).toEqual({ state: "late", slots: 0, afterMs: 1_000 });
    await pass(800);
    expect(await told()).toMatchObject({ state: "ok", slots: 1, afterMs: 0 });
    expect(list).toHaveBeenCalledTimes(1);
  });

  test("made everybody wait for the deadline, for as long as it hung", async () => {
    const { platform, told } = opened();
    await told();
    platform.tookMs = 60_000;
    await pass(2_000);
    expect(await told()).toEqual({ state: "stale", slots: 1, afterMs: 1_000 });
    for (let nth = 0; nth < 20; nth += 1) {
      expect(await told()).toEqual({ state: "stale", slots: 1, afterMs: 0 });
      expect(await told(hourly(1 + nth))).toEqual({ state: "late", slots: 0, afterMs: 0 });
    }
  });

  test("is asked now and then, and believed as soon as it answers in time", async () => {
    const { platform, list, told, ask } = opened();
    platform.tookMs = 60_000;
    await told();
    list.mockClear();
    for (let nth = 1; nth <= 40; nth += 1) {
      void ask(hourly(nth));
      await pass(50);
    }
    expect(list.mock.calls.length).toBeLessThanOrEqual(9);
    platform.tookMs = 20;
    await pass(1_000);
    await told(hourly(50));
    expect(await told(hourly(51))).toEqual({ state: "ok", slots: 1, afterMs: 20 });
    await pass(3_000);
    expect(await told(hourly(52))).toEqual({ state: "ok", slots: 1, afterMs: 20 });
  });

  test("kept the same question waiting for its old call, when it had long come back", async () => {
    const { platform, list, told } = opened();
    platform.tookMs = 60_000;
    await told();
    platform.tookMs = 20;
    await told();
    expect(list).toHaveBeenCalledTimes(2);
    expect(await told()).toMatchObject({ state: "ok" });
  });

  test("is waited for again by who comes long after it was last late", async () => {
    const { platform, told } = opened();
    platform.tookMs = 1_500;
    await told();
    platform.tookMs = 900;
    await pass(60_000);
    expect(await told(hourly(1))).toMatchObject({ state: "ok", afterMs: 900 });
  });

  test("is hung up on in the end", async () => {
    const { platform, told } = opened({ patienceMs: 4_000 });
    platform.tookMs = 60_000;
    await told();
    expect(platform.signals.map(({ aborted }) => aborted)).toEqual([false]);
    await pass(3_000);
    expect(platform.signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});

describe("a platform that fails", () => {
  test("is stood in for by its last good answer, with its age, until that is too old", async () => {
    const { platform, told, ask } = opened({ standInMs: 60_000 });
    const asked = now();
    await told();
    platform.isDown = true;
    await pass(10_000);
    const standing = ask();
    await pass(20);
    expect((await standing).source).toEqual({ platform: "xyz", state: "stale", asOf: asked });
    await pass(50_000);
    expect(await told()).toEqual({ state: "failed", slots: 0, afterMs: 20 });
  });

  test("is asked again by each question, since it answers at once", async () => {
    const { platform, told } = opened();
    platform.isDown = true;
    expect(await told()).toMatchObject({ state: "failed" });
    platform.isDown = false;
    expect(await told()).toMatchObject({ state: "ok" });
  });
});

describe("anybody could fill the memory with slots, by asking for another hour each time", () => {
  test("so it holds so many answers, those renewed last", async () => {
    const { platform, told } = opened({ answers: 3 });
    for (let nth = 0; nth < 10; nth += 1) await told(hourly(nth));
    platform.isDown = true;
    await pass(2_000);
    const states = [];
    for (let nth = 0; nth < 10; nth += 1) states.push((await told(hourly(nth))).state);
    expect(states).toEqual([...Array(7).fill("failed"), "stale", "stale", "stale"]);
  });

  test("and so many slots", async () => {
    const { platform, list, told } = opened({ slots: 10_000 });
    const many = Array.from({ length: 3_000 }, () => slotAt(afternoon));
    list.mockImplementation(async () => {
      if (platform.isDown) throw new Error("down");
      return many;
    });
    for (let nth = 0; nth < 10; nth += 1) await told(hourly(nth));
    platform.isDown = true;
    await pass(2_000);
    const states = [];
    for (let nth = 0; nth < 10; nth += 1) states.push((await told(hourly(nth))).state);
    expect(states).toEqual([...Array(7).fill("failed"), "stale", "stale", "stale"]);
  });

  test("and what everybody asks stays, because it is renewed", async () => {
    const { platform, told } = opened({ answers: 3, freshMs: 100 });
    for (let nth = 1; nth < 10; nth += 1) {
      await told(hourly(0));
      await told(hourly(nth));
    }
    platform.isDown = true;
    expect(await told(hourly(0))).toMatchObject({ state: "stale" });
  });

  test("nor does it hold more calls under way than questions may wait", async () => {
    const { platform, list, ask } = opened({ questionsAtOnce: 5 });
    platform.tookMs = 60_000;
    const asking = Promise.all(Array.from({ length: 9 }, (_, nth) => ask(hourly(nth))));
    expect(list).toHaveBeenCalledTimes(5);
    await pass(1_000);
    expect((await asking).map(({ source: { state } }) => state)).toEqual(Array(9).fill("late"));
  });
});
