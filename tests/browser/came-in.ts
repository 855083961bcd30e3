import type { Page } from "playwright-core";
import type { KeyRole } from "../../schema/key.ts";
import { tabTo, type Walker } from "./walker.ts";

/* Whoever came in with a key, and goes about with the keyboard. */

export const cameIn = async (
  { town, visit }: Walker,
  as: KeyRole,
  { to, language = "en" }: { to: string; language?: string },
): Promise<Page> => {
  const { page } = await visit();
  const wanted = `${to}${to.includes("?") ? "&" : "?"}lang=${language}`;
  await page.goto(`/sign-in?${new URLSearchParams({ to: wanted })}`);
  await page.fill("#key", town.keyOf(as));
  await page.press("#key", "Enter");
  await page.waitForSelector("form.whoever");
  return page;
};

/** A button, by keyboard alone. */
export const press = async (page: Page, button: string): Promise<void> => {
  await page.waitForSelector(button);
  await tabTo(page, button, 250);
  await page.keyboard.press("Enter");
};

/** What a page with something under way says, looked at again as often as it must be. */
export const until = async (page: Page, text: string): Promise<void> => {
  for (let times = 0; times < 60 && !(await page.getByText(text).first().isVisible()); times += 1) {
    await page.waitForTimeout(300);
    await page.reload();
  }
  await page.waitForSelector(`text=${text}`);
};
