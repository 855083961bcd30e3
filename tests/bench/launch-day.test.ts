import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "./intake/store.ts";
import { comeBy } from "./launch-day/curve.ts";
import { playLaunchDay } from "./launch-day/day.ts";

/* `npm run bench:launch-day` at a small size, at a gateway that lets hardly anybody wait, each time the tests run. */

type Store = Awaited<ReturnType<typeof openStore>>;
let store: Store;
let day: Awaited<ReturnType<typeof playLaunchDay>>;
beforeAll(async () => {
  store = await openStore();
  day = await playLaunchDay(store, { people: 600, seconds: 3, lines: 200, waiting: 40 });
}, 180_000);
afterAll(() => store?.stop(), 30_000);

test("F01: everybody who came on the first day is on the list, once, and was told so; nobody is refused for good", () => {
  expect(day.exactlyOnce).toBe(true);
  expect(day.written).toMatchObject({ people: 600, queued: 600, repeats: 60, lost: 0, twice: 0 });
});

test("F01: they were sent away and came back, hung up and came back, and asked twice, or nothing was shown", () => {
  expect(day.told.refused).toBeGreaterThan(0);
  expect(day.told.abandoned).toBe(30);
  expect(day.told.contradicted).toBe(0);
});

test("staff and health were answered all the while", () => {
  expect(day.staff.failed).toBe(0);
  expect(day.staff.staff.count).toBeGreaterThan(5);
});

test("the day is the reported one: by noon 230,000 of half a million", () => {
  expect(comeBy(0)).toBe(0);
  expect(comeBy(12 / 22) * 500_000).toBeCloseTo(230_000);
  expect(comeBy(8 / 22) * 500_000).toBeCloseTo(40_000);
  expect(comeBy(1)).toBe(1);
});
