import { describe, expect, test } from "vitest";
import { createPressure } from "../../gateway/flows/intake/pressure.ts";
import { Refusal } from "../../schema/errors.ts";

/** On a clock and an event loop that the test moves. */
const scene = ({ flushes = 2, waitMs = 1_500, waiting = 5_000 } = {}) => {
  let now = 0;
  let atTurn: (() => void)[] = [];
  const told: string[] = [];
  const tell = (_: object, line: string) => void told.push(line);
  const pressure = createPressure({
    ...{ flushes, limits: { waitMs, waiting }, log: { info: tell, warn: tell } },
    clock: () => now,
    chance: () => 0.5,
    afterTurn: (work) => void atTurn.push(work),
  });
  const pass = (ms: number) => {
    now += ms;
  };
  const turn = () => {
    const works = atTurn;
    atTurn = [];
    for (const work of works) work();
  };
  /** A crowd is written, so many in each flush of so many milliseconds. */
  const writes = ({ each, ms, times }: { each: number; ms: number; times: number }) => {
    for (let nth = 0; nth < times; nth += 1) {
      const flush = pressure.began();
      pass(ms);
      pressure.ended(flush, { answered: each, waiting: 1 });
    }
  };
  const refusal = (behind: number, more = 1): Refusal | undefined => {
    try {
      pressure.admit(behind, more);
      return undefined;
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  };
  return { pressure, pass, turn, writes, refusal, told };
};

describe("who comes", () => {
  test("is let in while those ahead are written in time, at the rate at which a crowd was written lately", () => {
    const { writes, refusal, pressure } = scene();
    writes({ each: 200, ms: 100, times: 10 });
    expect(pressure.wait(1_000)).toBeCloseTo(500);
    expect(refusal(2_999)).toBeUndefined();
    expect(refusal(3_100)).toMatchObject({ code: "overloaded" });
  });

  test("is let in behind a few, however slowly the first of a gateway that has just started were written", () => {
    const { writes, refusal } = scene();
    writes({ each: 2, ms: 200, times: 3 });
    expect(refusal(63)).toBeUndefined();
    expect(refusal(64)).toMatchObject({ code: "overloaded" });
  });

  test("is let in less when the database gets slow, and again when it is back", () => {
    const { writes, refusal } = scene();
    writes({ each: 200, ms: 100, times: 10 });
    writes({ each: 20, ms: 500, times: 5 });
    expect(refusal(500)).toMatchObject({ code: "overloaded" });
    writes({ each: 100, ms: 50, times: 30 });
    expect(refusal(500)).toBeUndefined();
  });

  test("one by one says nothing of how fast a crowd could be written", () => {
    const { pressure, pass } = scene();
    const before = pressure.wait(400);
    for (let nth = 0; nth < 20; nth += 1) {
      const flush = pressure.began();
      pass(5);
      pressure.ended(flush, { answered: 1, waiting: 0 });
      pass(1_000);
    }
    expect(pressure.wait(400)).toBe(before);
  });

  test("is refused while nothing ends, and not while one place is free", () => {
    const { pressure, pass, refusal } = scene();
    pressure.began();
    pass(60_000);
    expect(refusal(0)).toBeUndefined();
    const newest = pressure.began();
    expect(refusal(0)).toBeUndefined();
    pass(1_600);
    expect(refusal(0)).toMatchObject({ code: "overloaded" });
    pressure.ended(newest, { answered: 1, waiting: 0 });
    expect(refusal(0)).toBeUndefined();
  });

  test("is refused beyond so many, however fast they are written; a batch that finds nobody is let in", () => {
    const { writes, refusal } = scene({ waiting: 300 });
    writes({ each: 5_000, ms: 10, times: 10 });
    expect(refusal(299)).toBeUndefined();
    expect(refusal(300)).toMatchObject({ code: "overloaded" });
    expect(refusal(1, 500)).toMatchObject({ code: "overloaded" });
    expect(refusal(0, 500)).toBeUndefined();
  });

  test("is refused while the event loop is late, since others have not even been read; and not for ever after", () => {
    const { refusal, pass, turn } = scene();
    expect(refusal(0)).toBeUndefined();
    pass(1_700);
    turn();
    expect(refusal(0)).toMatchObject({ code: "overloaded" });
    turn();
    expect(refusal(0)).toBeUndefined();
  });
});

describe("whoever is refused", () => {
  test("is told to come back one after the other, as fast as they can be served", () => {
    const { writes, refusal } = scene();
    writes({ each: 100, ms: 100, times: 20 });
    const waits = Array.from({ length: 3_000 }, () => refusal(2_000)?.retryAfterSeconds ?? 0);
    expect(waits[0]).toBeGreaterThanOrEqual(1);
    for (const second of [3, 4])
      expect(waits.filter((wait) => Math.floor(wait) === second).length).toBeCloseTo(1_000, -1);
  });

  test("is not sent away for longer than they would remember, nor all for the same time", () => {
    const { refusal } = scene();
    const waits = Array.from({ length: 50_000 }, () => refusal(5_000)?.retryAfterSeconds ?? 0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(60);
    expect(waits.at(-1)).toBe(45);
  });

  test("is told of in the log once, and once when it is over", () => {
    const { refusal, pass, told } = scene();
    for (let nth = 0; nth < 100; nth += 1) refusal(4_000);
    refusal(0);
    expect(told).toEqual(["more register than can be written: some are told to come back"]);
    pass(6_000);
    refusal(0);
    refusal(0);
    expect(told.slice(1)).toEqual(["whoever registers is let in again"]);
  });
});
