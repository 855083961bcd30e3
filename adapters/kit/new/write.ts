import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Capability } from "../../../schema/adapter.ts";
import { generate } from "../generate.ts";
import { type Member, membersOf } from "./contract.ts";

/** The platform and the capability that the template is written for. */
const sample = { platform: "xyz", capability: "slots" } as const;

const template = new URL("./template/", import.meta.url);
const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Gives a file of the template its place: what it imports is elsewhere from there. */
const moved = (text: string, name: string): string =>
  text
    .replaceAll('"../../../../schema/', '"../../schema/')
    .replaceAll(/"\.\.\/\.\.\/(?!schema\/)/g, '"../kit/')
    .replaceAll('"./xyz.gen.ts"', '"../../schema/platforms/xyz.gen.ts"')
    .replaceAll(new RegExp(`\\b${sample.platform}\\b`, "g"), name);

/** The adapter names and connects each capability as the template does its own. */
const withCapabilities = (text: string, able: readonly Capability[]): string => {
  const each = (line: string, between: string) =>
    able.map((capability) => line.replaceAll(sample.capability, capability)).join(between);
  return text
    .replace(/^import .*"\.\/slots\.ts";$/m, (line) => each(line, "\n"))
    .replace('"slots"]', () => `${each('"slots"', ", ")}]`)
    .replace("slots: slots(connected)", (connects) => each(connects, ", "));
};

const stub = (capability: Capability, { name, called }: Member): string => {
  const missing = `unwritten("${capability}.${name}")`;
  return called ? `${name}: () => ${missing},` : `get ${name}() { return ${missing}; },`;
};

const portFile = (text: string, capability: Capability, members: Member[]): string =>
  text
    .replace(/^ {2}list: .*$/m, () => members.map((member) => stub(capability, member)).join("\n"))
    .replaceAll(new RegExp(`\\b${sample.capability}\\b`, "g"), capability);

/** Where each file goes, and what it holds. */
const filesOf = async (name: string, able: readonly Capability[]): Promise<Map<string, string>> => {
  const read = (file: string) => readFile(new URL(file, template), "utf8");
  const files = new Map<string, string>();
  for (const file of await readdir(template)) {
    if (file.endsWith(".gen.ts") || file === `${sample.capability}.ts`) continue;
    const text = moved(await read(file), name);
    if (file.endsWith(".yaml")) files.set(`schema/platforms/${name}.openapi.yaml`, text);
    else files.set(`adapters/${name}/${file}`, file === "adapter.ts" ? withCapabilities(text, able) : text);
  }
  const port = moved(await read(`${sample.capability}.ts`), name);
  for (const capability of able)
    files.set(`adapters/${name}/${capability}.ts`, portFile(port, capability, await membersOf(capability)));
  return files;
};

/** Lines and imports as everywhere else, whatever the length of the name. */
const format = async (files: string[]): Promise<void> => {
  const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
  await promisify(execFile)(process.execPath, [biome, "check", "--write", ...files], { cwd: root });
};

/** Writes the beginning of an adapter that compiles and keeps no promise yet. Returns the paths of what was written. */
export const begin = async (name: string, able: readonly Capability[]): Promise<string[]> => {
  const files = await filesOf(name, able);
  await mkdir(join(root, "adapters", name));
  for (const [path, text] of files) await writeFile(join(root, path), text, { flag: "wx" });
  const generated = await generate({ write: true });
  const paths = [...files.keys()];
  await format(paths.filter((path) => path.endsWith(".ts")));
  return [...paths, ...generated];
};
