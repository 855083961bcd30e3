import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { openTown, type Town } from "./town.ts";

/* Somebody with a browser, in a town where everything runs. */

export type Walker = {
  town: Town;
  browser: Browser;
  /** A browser of its own, as a new visitor has; `offline` and the like by its context. */
  visit(options?: BrowserContextOptions): Promise<{ page: Page; context: BrowserContext }>;
  /** Ends what the last test opened, and says what their browsers complained of. */
  leave(): Promise<void>;
  close(): Promise<void>;
};

export const openWalker = async (given?: { hour?: number }): Promise<Walker> => {
  const town = await openTown(given);
  const browser = await openBrowser();
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];
  return {
    town,
    browser,
    visit: async (options) => {
      const context = await browser.newContext({
        baseURL: town.url,
        locale: "en-GB",
        timezoneId: "Europe/Brussels",
        ...options,
      });
      contexts.push(context);
      context.setDefaultTimeout(60_000);
      const page = await context.newPage();
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        // What a form was refused is told by the browser as well.
        if (
          message.type() === "error" &&
          !/the server responded with a status|ERR_INTERNET/.test(message.text())
        )
          complaints.push(message.text());
      });
      return { page, context };
    },
    leave: async () => {
      for (const context of contexts.splice(0)) await context.close();
      expect(complaints.splice(0), "complaints of the browser").toEqual([]);
    },
    close: async () => {
      await browser.close();
      await town.close();
    },
  };
};

/** Goes to something with the keyboard alone, as one who sees no pointer; fails where it cannot be reached. */
export const tabTo = async (page: Page, selector: string, most = 80): Promise<void> => {
  for (let step = 0; step < most; step += 1) {
    if (await page.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`))
      return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${selector} cannot be reached by Tab`);
};
