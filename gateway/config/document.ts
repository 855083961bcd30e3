import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from "yaml";
import type { z } from "zod";
import { inPlainWords, yamlInPlainWords } from "./words.ts";

/** Everything that is wrong with what an operator wrote, one line each, so that all can be mended at once. */
export class ConfigRefusal extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The configuration is not usable:\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
    this.name = "ConfigRefusal";
    this.faults = faults;
  }
}

export type Path = readonly PropertyKey[];

/** One YAML file of an operator's. Any part of it can be read alone, so that a fault in one hides none in another. */
export type OperatorFile = {
  /** Why nothing of it can be read; then it has no parts. */
  faults: string[];
  /** What stands at a path as that shape, where it has it, and its faults where it has not. */
  read<Shape extends z.ZodType>(shape: Shape, path?: Path): { content?: z.infer<Shape>; faults: string[] };
  /** The names of the fields at a path, or the numbers of a list's items. */
  steps(path: Path): (string | number)[];
  /** A fault in this file, said with the line on which it is. */
  fault(path: Path, detail: string): string;
};

type Place = {
  directory: string;
  name: string;
  /** Shows what was found; leave it off where a secret may have been written. */
  quote: boolean;
};

export const openFile = ({ directory, name, quote }: Place): OperatorFile => {
  const text = readText(join(directory, name));
  if (text === undefined) return closed(name, `${name}: cannot be read; it must lie in ${directory}`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const [broken] = document.errors;
  if (broken) return closed(name, `${name}:${lineAt(broken.pos[0])} ${yamlInPlainWords(broken.code)}`);
  const stray = strayAlias(document);
  if (stray !== undefined)
    return closed(name, `${name}:${lineAt(stray)} an alias (*) names an anchor (&) that is none`);
  const written: unknown = document.toJS();
  if (written === null) return closed(name, `${name}: is empty`);
  const fault = (path: Path, detail: string) => {
    const place = `${name}:${lineAt(offsetOf(document, path))}`;
    return path.length > 0 ? `${place} ${spell(path)}: ${detail}` : `${place} ${detail}`;
  };
  return {
    faults: [],
    fault,
    steps: (path) => stepsOf(path.reduce(at, written)),
    read: (shape, path = []) => {
      const parsed = shape.safeParse(path.reduce(at, written), { error: inPlainWords });
      if (parsed.success) return { content: parsed.data, faults: [] };
      const faults = parsed.error.issues.flatMap(perField).map((issue) => {
        const place = [...path, ...issue.path];
        return fault(place, `${issue.message}${quote ? found(place.reduce(at, written)) : ""}`);
      });
      return { faults };
    },
  };
};

/** A file of which nothing can be read. */
const closed = (name: string, fault: string): OperatorFile => ({
  faults: [fault],
  fault: (path, detail) => `${name} ${spell(path)}: ${detail}`,
  steps: () => [],
  read: () => ({ faults: [] }),
});

/** Where an alias stands that names nothing. */
const strayAlias = (document: Document): number | undefined => {
  let stray: number | undefined;
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) === undefined) stray ??= alias.range?.[0] ?? 0;
    },
  });
  return stray;
};

type Issue = { path: Path; message: string };

/** One issue may name several fields that do not exist; each is a fault of its own. */
export const perField = (issue: z.core.$ZodIssue): Issue[] =>
  issue.code === "unrecognized_keys"
    ? issue.keys.map((key) => ({
        path: [...issue.path, key],
        message: "there is no such field; remove it or mend its name",
      }))
    : [issue];

const readText = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};

/** Where in the text a path is, or the nearest that there is of it: a field's name rather than its value. */
const offsetOf = (document: Document, path: Path): number => {
  for (let length = path.length; length > 0; length -= 1) {
    const [parent, step] = [document.getIn(path.slice(0, length - 1), true), path[length - 1]];
    const keys = isMap(parent) ? parent.items.map(({ key }) => key) : [];
    const key = keys.find((each) => isScalar(each) && each.value === step);
    const node = key ?? document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
};

const spell = (path: Path): string =>
  path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");

const at = (value: unknown, step: PropertyKey): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined;

const stepsOf = (value: unknown): (string | number)[] => {
  if (Array.isArray(value)) return [...value.keys()];
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
};

const found = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? ` (found ${JSON.stringify(value)})` : "";
