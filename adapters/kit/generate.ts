import { readdir, readFile, writeFile } from "node:fs/promises";
import openapiTypes, { astToString } from "openapi-typescript";

/** Where API documents lie: the platforms', and the one with which a new platform begins. */
const folders = ["../../schema/platforms/", "./new/template/"].map((path) => new URL(path, import.meta.url));
const suffix = ".openapi.yaml";
const heading = (platform: string) =>
  `// Written by adapters/kit/generate.ts from ${platform}.openapi.yaml; change that file, not this one.\n\n`;

/** The types of each API document in that folder, by the file that they belong in. */
const generated = async (folder: URL): Promise<[file: URL, text: string][]> => {
  const documents = (await readdir(folder)).filter((name) => name.endsWith(suffix)).sort();
  return Promise.all(
    documents.map(async (name): Promise<[URL, string]> => {
      const platform = name.slice(0, -suffix.length);
      const nodes = await openapiTypes(new URL(name, folder), { alphabetize: true });
      return [new URL(`${platform}.gen.ts`, folder), heading(platform) + astToString(nodes)];
    }),
  );
};

/** Names the files that differ from their documents, after writing them unless only checking. */
export const generate = async ({ write }: { write: boolean }): Promise<string[]> => {
  const stale: string[] = [];
  for (const [file, text] of (await Promise.all(folders.map(generated))).flat()) {
    const present = await readFile(file, "utf8").catch(() => undefined);
    if (present === text) continue;
    stale.push(file.pathname.slice(new URL("../../", import.meta.url).pathname.length));
    if (write) await writeFile(file, text);
  }
  return stale;
};

if (process.argv[1] === import.meta.filename) {
  const checking = process.argv.includes("--check");
  const stale = await generate({ write: !checking });
  const told = stale.map((name) => `${name} ${checking ? "is stale" : "written"}\n`);
  process.stdout.write(told.join(""));
  if (checking && stale.length > 0) process.exitCode = 1;
}
