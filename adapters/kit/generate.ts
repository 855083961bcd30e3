import { readdir, readFile, writeFile } from "node:fs/promises";
import openapiTypes, { astToString } from "openapi-typescript";

const folder = new URL("../../schema/platforms/", import.meta.url);
const heading = (platform: string) =>
  `// Written by adapters/kit/generate.ts from ${platform}.openapi.yaml; change that file, not this one.\n\n`;

/** The types of each platform's API document, by the name of the file they belong in. */
const generated = async (): Promise<Map<string, string>> => {
  const suffix = ".openapi.yaml";
  const documents = (await readdir(folder)).filter((name) => name.endsWith(suffix)).sort();
  const entries = documents.map(async (name): Promise<[string, string]> => {
    const platform = name.slice(0, -suffix.length);
    const nodes = await openapiTypes(new URL(name, folder), { alphabetize: true });
    return [`${platform}.gen.ts`, heading(platform) + astToString(nodes)];
  });
  return new Map(await Promise.all(entries));
};

/** Names the files that differ from their documents, after writing them unless only checking. */
const generate = async ({ write }: { write: boolean }): Promise<string[]> => {
  const stale: string[] = [];
  for (const [name, text] of await generated()) {
    const file = new URL(name, folder);
    const present = await readFile(file, "utf8").catch(() => undefined);
    if (present === text) continue;
    stale.push(name);
    if (write) await writeFile(file, text);
  }
  return stale;
};

if (process.argv[1] === import.meta.filename) {
  const checking = process.argv.includes("--check");
  const stale = await generate({ write: !checking });
  const told = stale.map((name) => `schema/platforms/${name} ${checking ? "is stale" : "written"}\n`);
  process.stdout.write(told.join(""));
  if (checking && stale.length > 0) process.exitCode = 1;
}
