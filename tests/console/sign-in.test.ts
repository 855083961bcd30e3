import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openScene, type Scene } from "./sign-in-scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const home = "/sign-in/home?lang=en";

test("somebody signs in at a provider, and is greeted by name where they wanted to go", async () => {
  const browser = openBrowser();
  const page = await browser.open(scene.url + home);
  expect([page.status, new URL(page.at).pathname]).toEqual([200, "/sign-in"]);
  expect(await page.text()).toContain("Sign in with Sandbox");
  const at = await browser.open(`${scene.url}/sign-in/with/0?to=/sign-in/done&lang=en`, "staff-pacheco");
  expect(at.at).toBe(`${scene.url}/sign-in/done`);
  const text = await (await browser.open(scene.url + home)).text();
  expect(text).toContain("staff, Pacheco");
});
