import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { root } from "../support/sources.ts";

/* What comes from others: exactly what was looked at, and each with its reason. */

const read = <Shape extends z.ZodType>(name: string, shape: Shape): z.infer<Shape> =>
  shape.parse(JSON.parse(readFileSync(join(root, name), "utf8")));
const Versions = z.record(z.string(), z.string());
const manifest = read(
  "package.json",
  z.looseObject({ dependencies: Versions, devDependencies: Versions, scripts: Versions }),
);
const lock = read(
  "package-lock.json",
  z.looseObject({
    lockfileVersion: z.literal(3),
    packages: z.record(
      z.string(),
      z.looseObject({
        version: z.string().optional(),
        integrity: z.string().optional(),
        link: z.boolean().optional(),
      }),
    ),
  }),
);
const named = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });

test.each(named)("%s is named by one version, and locked at it", (name, version) => {
  expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  expect(lock.packages[`node_modules/${name}`]?.version).toBe(version);
});

test("every package of the lock file is checked by what it holds", () => {
  const packages = Object.entries(lock.packages).filter(([path]) => path !== "");
  expect(packages.length).toBeGreaterThan(100);
  expect(packages.filter(([, each]) => !each.integrity?.startsWith("sha512-")).map(([path]) => path)).toEqual(
    [],
  );
});

test("no script of anybody's runs when this project is installed", () => {
  const atInstall = ["preinstall", "install", "postinstall", "prepare"];
  expect(atInstall.filter((each) => each in manifest.scripts)).toEqual([]);
});

test("each package that is named has its reason in docs/dependencies.md", () => {
  const reasons = readFileSync(join(root, "docs/dependencies.md"), "utf8");
  expect(
    named.map(([name]) => name).filter((name) => !reasons.includes(name.replace(/^@types\/.*/, "@types/*"))),
  ).toEqual([]);
});
