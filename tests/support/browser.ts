import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Chromium of this machine, where there is one. */
export const executablePath = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find(existsSync);

export const openBrowser = (): Promise<Browser> => {
  if (!executablePath) throw new Error("this needs Chromium: apt-get install chromium");
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
};
