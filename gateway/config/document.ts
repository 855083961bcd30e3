import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from "yaml";
import type { z } from "zod";

/** Everything that is wrong with what an operator wrote, one line each, so that all can be mended at once. */
export class ConfigRefusal extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The configuration is not usable:\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
    this.name = "ConfigRefusal";
    this.faults = faults;
  }
}

type Path = readonly PropertyKey[];

/** A file that was read: its content where it has the right shape, and its faults where it has not. */
export type Source<Content> = {
  content?: Content;
  faults: string[];
  /** A fault in this file, said with the line on which it is. */
  fault(path: Path, detail: string): string;
};

/** Reads one YAML file. `quote` shows what was found; leave it off where a secret may have been written. */
export const readSource = <Shape extends z.ZodType>(file: {
  directory: string;
  name: string;
  shape: Shape;
  quote: boolean;
}): Source<z.infer<Shape>> => {
  const text = readText(join(file.directory, file.name));
  if (text === undefined) {
    const fault = (_path: Path, detail: string) => `${file.name}: ${detail}`;
    return { faults: [fault([], `cannot be read; it must lie in ${file.directory}`)], fault };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const fault = (path: Path, detail: string) => {
    const line = lineAt(offsetOf(document, path));
    return path.length > 0
      ? `${file.name}:${line} ${spell(path)}: ${detail}`
      : `${file.name}:${line} ${detail}`;
  };
  const broken = document.errors.map(({ code, message, pos }) => {
    const detail = file.quote ? message : `is not YAML: ${code}`;
    return `${file.name}:${lineAt(pos[0])} ${detail}`;
  });
  if (broken.length > 0) return { faults: broken, fault };
  if (hasStrayAlias(document))
    return { faults: [fault([], "an alias (*) names an anchor (&) that is none")], fault };
  const written: unknown = document.toJS();
  const parsed = file.shape.safeParse(written, { error: inPlainWords });
  if (parsed.success) return { content: parsed.data, faults: [], fault };
  const faults = parsed.error.issues
    .flatMap(perField)
    .map(({ path, message }) => fault(path, `${message}${file.quote ? found(written, path) : ""}`));
  return { faults, fault };
};

const hasStrayAlias = (document: Document): boolean => {
  let stray = false;
  visit(document, {
    Alias: (_key, alias) => {
      stray ||= alias.resolve(document) === undefined;
    },
  });
  return stray;
};

/** One issue may name several fields that do not exist; each is a fault of its own. */
const perField = (issue: z.core.$ZodIssue): { path: Path; message: string }[] =>
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

const found = (written: unknown, path: Path): string => {
  const value = path.reduce(at, written);
  return typeof value === "string" || typeof value === "number" ? ` (found ${JSON.stringify(value)})` : "";
};

/** What zod has no good words for; a message written in a shape comes before these. */
const inPlainWords = (issue: z.core.$ZodRawIssue): string | undefined => {
  if (issue.code === "invalid_type") {
    return issue.input === undefined ? `is missing; a ${issue.expected}` : `must be a ${issue.expected}`;
  }
  if (issue.code === "invalid_value") return `must be one of ${issue.values.map(String).join(", ")}`;
  return undefined;
};
