import lighthouse from "lighthouse";
import { chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { executablePath } from "../support/browser.ts";
import { neighbour } from "./town.ts";
import { openWalker, type Walker } from "./walker.ts";

/* What a first visit to a volunteer's page costs: bytes on the wire, and how soon it can be used on a slow telephone. */

let walker: Walker;
let answer = "";
beforeAll(async () => {
  walker = await openWalker({ hour: 16 });
  const { town } = walker;
  const person = neighbour("1941-02-03");
  await town.register(person);
  await town.announce("pacheco", 1);
  answer = `/answer?lang=fr#${await town.invitationOf(person)}`;
});
afterEach(() => walker.leave());
afterAll(() => walker.close());

const most = 60_000;
/** Bytes with headers, of all that one visit loads. */
const bytesOf = async (path: string): Promise<number> => {
  const { page, context } = await walker.visit();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  return bytes;
};

const pages = () => ["/?lang=fr", "/register?lang=fr", "/register?lang=fr&postcode=1000", answer];

test("a first visit to any of a volunteer's pages takes at most 60 kB on the wire", async () => {
  for (const path of pages()) {
    const bytes = await bytesOf(path);
    expect(bytes, path).toBeLessThanOrEqual(most);
    // Something was loaded at all.
    expect(bytes, path).toBeGreaterThan(5_000);
  }
});

const port = 9_333;
/**
 * Lighthouse's slow mobile profile is a slow 4G and a quarter of a fast desk's processor. A machine that is slower than
 * such a desk, by Lighthouse's own benchmark, is slowed down by that much less, so that the telephone stays the same one
 * (docs/throttling.md of Lighthouse: an index of 1500 and more is a fast desk's).
 */
const slowdown = (index: number): number => Math.min(4, Math.max(1, (4 * index) / 1_500));

let index = 1_500;
const measured = async (path: string) => {
  const result = await lighthouse(walker.town.url + path, {
    port,
    logLevel: "error",
    onlyCategories: ["performance", "accessibility"],
    throttling: { rttMs: 150, throughputKbps: 1_638.4, cpuSlowdownMultiplier: slowdown(index) },
  });
  if (!result) throw new Error(`Lighthouse says nothing of ${path}`);
  const { categories, audits, environment } = result.lhr;
  index = environment.benchmarkIndex;
  return {
    index,
    performance: (categories.performance?.score ?? 0) * 100,
    accessibility: (categories.accessibility?.score ?? 0) * 100,
    usableAfterMs: Math.round(audits.interactive?.numericValue ?? Number.POSITIVE_INFINITY),
  };
};

test("Lighthouse: performance at least 95, accessibility 100, usable in 1.5 s on a slow telephone", async () => {
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", `--remote-debugging-port=${port}`],
  });
  try {
    for (const path of pages()) {
      // The best of four: the machine may be busy with something else meanwhile.
      let best = await measured(path);
      for (let times = 1; times < 4 && (best.performance < 95 || best.usableAfterMs > 1_500); times += 1) {
        const next = await measured(path);
        if (next.performance >= best.performance) best = next;
      }
      process.stdout.write(`${path.replace(/#.*/, "#…")} ${JSON.stringify(best)}\n`);
      expect(best.performance, path).toBeGreaterThanOrEqual(95);
      expect(best.accessibility, path).toBe(100);
      expect(best.usableAfterMs, path).toBeLessThanOrEqual(1_500);
    }
  } finally {
    await browser.close();
  }
}, 600_000);
