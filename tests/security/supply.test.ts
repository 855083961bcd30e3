import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
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
        dev: z.boolean().optional(),
        hasInstallScript: z.boolean().optional(),
      }),
    ),
  }),
);
const nameOf = (path: string): string => path.replace(/^.*node_modules\//, "");
const packages = Object.entries(lock.packages).filter(([path]) => path !== "");
const shipped = packages.filter(([, { dev }]) => !dev);
const named = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });

test.each(named)("%s is named by one version, and locked at it", (name, version) => {
  expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  expect(lock.packages[`node_modules/${name}`]?.version).toBe(version);
});

test("every package of the lock file is checked by what it holds", () => {
  expect(packages.length).toBeGreaterThan(100);
  expect(packages.filter(([, each]) => !each.integrity?.startsWith("sha512-")).map(([path]) => path)).toEqual(
    [],
  );
});

test("no script of anybody's runs when this project is installed", () => {
  const atInstall = ["preinstall", "install", "postinstall", "prepare"];
  expect(atInstall.filter((each) => each in manifest.scripts)).toEqual([]);
});

/** Shipped packages that would run a script at install, and why nothing is missing where none runs. */
const withScript: Record<string, string> = {
  esbuild: "looks whether its program starts and links it; tsx finds that program in a package of its own",
};

test("what is shipped needs no script at install: `npm ci --ignore-scripts && npm start`", () => {
  const scripted = shipped.filter(([, { hasInstallScript }]) => hasInstallScript);
  expect(scripted.map(([path]) => nameOf(path))).toEqual(Object.keys(withScript));
});

/** As CycloneDX 1.5 asks for it (bom-1.5.schema.json), with what tells one package from another. */
const Component = z.looseObject({
  "bom-ref": z.string(),
  type: z.literal("library"),
  name: z.string(),
  version: z.string(),
  purl: z.string().startsWith("pkg:npm/"),
  hashes: z
    .array(z.strictObject({ alg: z.literal("SHA-512"), content: z.string().regex(/^[\da-f]{128}$/) }))
    .min(1),
});
const Bom = z.looseObject({
  bomFormat: z.literal("CycloneDX"),
  specVersion: z.literal("1.5"),
  serialNumber: z.string().regex(/^urn:uuid:[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
  version: z.int().min(1),
  metadata: z.looseObject({
    component: z.looseObject({ "bom-ref": z.string().startsWith("everydose@") }),
  }),
  components: z.array(Component),
  dependencies: z.array(z.strictObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

/** With `--omit dev`, npm leaves out whatever a package for tests asks for as well. */
test("the list of what the gateway is made of lacked jose and yaml: it names every package, by its hash", async () => {
  const command = ["run", "-s", "sbom"];
  const { stdout } = await promisify(execFile)("npm", command, { cwd: root, maxBuffer: 2 ** 26 });
  const { components, dependencies, metadata } = Bom.parse(JSON.parse(stdout));
  const told = new Set(components.map(({ name, version }) => `${name}@${version}`));
  const locked = packages.map(([path, { version }]) => `${nameOf(path)}@${version}`);
  expect(locked.filter((each) => !told.has(each))).toEqual([]);
  const refs = new Set([metadata.component, ...components].map((each) => each["bom-ref"]));
  expect(refs.size).toBe(components.length + 1);
  const named = dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
  expect(named.filter((ref) => !refs.has(ref))).toEqual([]);
}, 30_000);

test("each package that is named has its reason in docs/dependencies.md", () => {
  const reasons = readFileSync(join(root, "docs/dependencies.md"), "utf8");
  // In letters of their own: `hono` is not told of by a word for `@hono/node-server`.
  const isTold = (name: string) => reasons.includes(`\`${name.replace(/^@types\/.*/, "@types/*")}\``);
  expect(named.map(([name]) => name).filter((name) => !isTold(name))).toEqual([]);
});
