import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { PlatformName } from "../../../schema/primitives.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Why a platform cannot be called so, or nothing. */
export const refusalOf = async (name: string): Promise<string | undefined> => {
  if (!PlatformName.safeParse(name).success)
    return `"${name}" is no name: lower case letters, digits and hyphens, beginning with a letter, 48 at the most`;
  if (/(^|-)(utils?|helpers?|common|managers?)(-|$)/.test(name))
    return `"${name}" says nothing of a platform: no file or folder here is called so`;
  for (const taken of [`adapters/${name}`, `schema/platforms/${name}.openapi.yaml`])
    if (existsSync(join(root, taken))) return `"${name}" is taken: there is ${taken}`;
  const place = await saidIn(join(root, "gateway"), name);
  return (
    place && `"${name}" is a word of the gateway's own, which calls no platform by its name: see ${place}`
  );
};

/** Where code under `folder` says that word; what a comment says calls nothing. The sandbox may know platforms. */
const saidIn = async (folder: string, name: string): Promise<string | undefined> => {
  if (!existsSync(folder)) return undefined;
  const files = (await readdir(folder, { recursive: true })).filter((path) => /\.tsx?$/.test(path)).sort();
  for (const path of files) {
    if (path.startsWith("sandbox")) continue;
    const text = await readFile(join(folder, path), "utf8");
    const isSaid = says(text, name) && wordsOf(path, text).some((words) => says(words, name));
    if (isSaid) return `gateway/${path}`;
  }
  return undefined;
};

/** "qvaxClient" and "a qvax" say "qvax"; "localList" says "local-list". */
const says = (text: string, name: string): boolean => {
  const words = text.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
  return new RegExp(`(?<![a-z0-9])${name}(?![a-z0-9])`).test(words);
};

const wordsOf = (path: string, code: string): string[] => {
  const isText = (node: ts.Node): node is ts.Identifier | ts.LiteralLikeNode | ts.JsxText =>
    ts.isIdentifier(node) ||
    ts.isLiteralExpression(node) ||
    ts.isTemplateLiteralToken(node) ||
    ts.isJsxText(node);
  const words: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isText(node)) words.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true));
  return words;
};
