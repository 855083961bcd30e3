import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, find } from "../../gateway/registry.ts";
import { PlatformName } from "../../schema/primitives.ts";
import { manualClock } from "../support/gateway.ts";
import { quiet } from "../support/quiet.ts";
import { root } from "../support/sources.ts";

/* Adapters that lie in packages, beside the gateway's own. */

const unscoped = `everydose-xyz-${process.pid}`;
const scoped = `@everydose-${process.pid}/xyz`;
const installed = (name: string) => join(root, "node_modules", name);

const adapter = `
import { z } from "zod";
export default {
  name: "xyz",
  capabilities: ["slots"],
  options: z.strictObject({ baseUrl: z.url() }),
  connect: () => ({ slots: { list: async () => [] } }),
};
`;

beforeAll(() => {
  for (const name of [unscoped, scoped]) {
    mkdirSync(installed(name), { recursive: true });
    const manifest = { name, version: "1.0.0", type: "module", exports: { import: "./adapter.js" } };
    writeFileSync(join(installed(name), "package.json"), JSON.stringify(manifest));
    writeFileSync(join(installed(name), "adapter.js"), adapter);
  }
});
afterAll(() => {
  for (const name of [unscoped, scoped.slice(0, scoped.indexOf("/"))])
    rmSync(installed(name), { recursive: true });
});

test.each([unscoped, scoped])("an adapter in the package %s could not be loaded", async (name) => {
  const entry = {
    name: PlatformName.parse("xyz"),
    adapter: name,
    options: { baseUrl: "https://xyz.example" },
  };
  const world = { now: manualClock().now, sleep: async () => undefined, log: quiet };
  const { platforms, close } = await connect([entry], world);
  expect(platforms).toMatchObject([{ name: "xyz", capabilities: ["slots"] }]);
  await close();
});

test("a package that is no adapter, and one that is not there, are told apart", async () => {
  expect(await find("zod")).toMatchObject({
    fault: expect.stringContaining("zod has no adapter as its default"),
  });
  expect(await find("everydose-none")).toMatchObject({ fault: expect.stringContaining("is installed") });
});
