import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/* What every page must be in every state: readable by everybody, and as wide as the screen. */

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Telephones, tablets and desks; and a desk at 200 %, which leaves half of its width. */
export const widths = { telephone: 360, tablet: 820, desk: 1440, zoomed: 640 } as const;
const height = 800;

const faults = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).withTags(wcag).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${target.join(" ")} (${failureSummary})`),
  );
};

const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

/** Where pictures go, if any are wanted: `npm run pages:show`. */
const pictures = process.env.EVERYDOSE_PICTURES;
/** Another colour scheme may want another image. Those that nobody has scrolled to are not waited for. */
const imagesAreThere = `Promise.race([
  new Promise((done) => setTimeout(done, 2000)),
  Promise.all([...document.images].filter(({ complete }) => !complete).map((image) =>
    new Promise((done) => image.addEventListener("load", done)))),
])`;
const photograph = async (page: Page, name: string, shot: string) => {
  if (!pictures) return;
  await page.evaluate("scrollTo(0, 0)");
  await page.evaluate(imagesAreThere);
  await page.screenshot({ path: join(pictures, `${name}.${shot}.png`), animations: "disabled" });
};

/** What the picture is of. */
const describe = async (page: Page, name: string) => {
  if (!pictures) return;
  const { pathname } = new URL(page.url());
  const about = { title: await page.title(), path: pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{id}") };
  await writeFile(join(pictures, `${name}.json`), JSON.stringify(about));
};

const shots = [
  { width: widths.telephone, colorScheme: "light", judged: true },
  { width: widths.telephone, colorScheme: "dark", judged: false },
  { width: widths.desk, colorScheme: "light", judged: false },
  { width: widths.desk, colorScheme: "dark", judged: true },
] as const;

/**
 * Looks at a page as it now is: nothing to be scrolled sideways at any width, and no violation of WCAG 2.2 AA, on a
 * telephone by day and at a desk by night. `name`: what the page shows, for its picture.
 */
export const look = async (page: Page, name: string): Promise<void> => {
  const before = page.viewportSize();
  const found: string[] = [];
  for (const [screen, width] of Object.entries(widths)) {
    await page.setViewportSize({ width, height });
    const over = await overflow(page);
    if (over > 0) found.push(`${screen}: ${over} px too wide`);
  }
  for (const { width, colorScheme, judged } of shots) {
    if (!judged && !pictures) continue;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    const shot = `${width === widths.desk ? "desk" : "telephone"}-${colorScheme}`;
    if (judged) found.push(...(await faults(page)).map((fault) => `${shot}: ${fault}`));
    await photograph(page, name, shot);
  }
  await describe(page, name);
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
  expect(found, `${name} at ${page.url().replace(/#.*/, "#…")}`).toEqual([]);
};
