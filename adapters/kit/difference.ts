import type { ErrorObject } from "ajv/dist/2020.js";
import type { Difference } from "../../schema/platform.ts";
import { isObject } from "../../schema/primitives.ts";
import type { ApiDocument, Operation, Schema } from "./document.ts";
import type { Exchange } from "./errand.ts";
import { parseJson } from "./json.ts";
import { findOperation, mediaTypeOf, responseOf } from "./operations.ts";
import { type Compile, compilerOf } from "./validators.ts";

type Where = Omit<Difference, "operation">;

/** Of one answer; whatever else differs is seen once these are mended. */
const most = 20;
/** So many of an array show what kinds of differences there are; the first difference is looked for in all of it. */
const enough = 20;
const longest = 200;

const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

const kindOf = (value: unknown): string => {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number") return Number.isInteger(value) ? "an integer" : "a number";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
};

/** Every name of a property that the document knows. Any other key that came may be somebody's name or number. */
const namesIn = (document: ApiDocument): Set<string> => {
  const names = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("properties" in node && isObject(node.properties))
      for (const name of Object.keys(node.properties)) names.add(name);
    for (const each of Object.values(node)) walk(each);
  };
  walk({ paths: document.paths, components: document.components });
  return names;
};

/**
 * A word as programmers write one. An object with many new keys, or with none that the document knows, is keyed by
 * data, be they words like "peeters": none of them is told.
 */
const fieldName = /^[a-z][A-Za-z]{1,29}(_[a-z]{1,20}){0,3}$/;
const mostNewNames = 8;

const newNamesIn = (value: unknown, known: Set<string>): string => {
  const all = isObject(value) ? Object.keys(value) : [];
  const names = all.filter((name) => !known.has(name));
  if (names.length === 0) return "";
  const isOfData = names.length > mostNewNames || names.length === all.length;
  const tellable = names.every((name) => fieldName.test(name)) && !isOfData;
  return tellable ? `, new: ${names.join(", ")}` : ", and names that the document does not know";
};

const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

const nameOfToken = (token: string) => token.replaceAll("~1", "/").replaceAll("~0", "~");
const tokenOfName = (token: string) => token.replaceAll("~", "~0").replaceAll("/", "~1");

const whereOf = ({ instancePath, keyword, params, schema, data }: ErrorObject, known: Set<string>): Where => {
  const [, ...tokens] = instancePath.split("/");
  const pointer = tokens.map((token) => `/${known.has(nameOfToken(token)) ? token : "*"}`).join("");
  switch (keyword) {
    case "required": {
      const came = `nothing${newNamesIn(data, known)}`;
      return {
        pointer: `${pointer}/${tokenOfName(params.missingProperty)}`,
        keyword,
        documented: "required",
        came,
      };
    }
    case "additionalProperties":
    case "unevaluatedProperties":
      return {
        pointer,
        keyword,
        documented: "no other properties",
        came: `others${newNamesIn(data, known)}`,
      };
    case "type":
      return { pointer, keyword, documented: [schema].flat().join(" or "), came: kindOf(data) };
    case "enum":
    case "const":
      return {
        pointer,
        keyword,
        documented: cut([schema].flat().map(text).join(", ")),
        came: `${kindOf(data)} that is another`,
      };
    case "oneOf":
    case "anyOf":
      return { pointer, keyword, documented: "one of several shapes", came: `${kindOf(data)} of none` };
    default:
      return { pointer, keyword, documented: cut(text(schema)), came: `${kindOf(data)} that is otherwise` };
  }
};

const thinned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice(0, enough).map(thinned);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, thinned(each)]));
};

const distinct = (differences: Where[]): Where[] => {
  const byKey = new Map(differences.map((each) => [`${each.pointer} ${each.keyword}`, each]));
  return [...byKey.values()].slice(0, most);
};

/**
 * Compares replies with an API document. What it tells are the document's words, and kinds and names of what came,
 * never a value. Where the document has no such operation there is nothing to compare with.
 */
export const createComparison = (document: ApiDocument) => {
  const first = compilerOf(document, { verbose: true });
  const all = compilerOf(document, { verbose: true, allErrors: true });
  const known = namesIn(document);

  const ofValue = (schema: Schema, value: unknown): Where[] => {
    const errorsOf = (compile: Compile, given: unknown): ErrorObject[] => {
      const validate = compile(schema);
      return validate(given) ? [] : (validate.errors ?? []);
    };
    const begun = errorsOf(first, value);
    if (begun.length === 0) return [];
    return distinct([...errorsOf(all, thinned(value)), ...begun].map((error) => whereOf(error, known)));
  };

  const ofText = (schema: Schema, body: () => string): Where[] => {
    try {
      return ofValue(schema, parseJson(body()));
    } catch {
      return [{ pointer: "", keyword: "json", documented: "JSON", came: "what cannot be read as such" }];
    }
  };

  const ofReply = (
    operation: Operation,
    { status, headers, body }: NonNullable<Exchange["reply"]>,
  ): Where[] => {
    const documented = responseOf(operation, status);
    if (!documented) {
      const statuses = Object.keys(operation.responses).join(", ");
      return [{ pointer: "", keyword: "status", documented: statuses, came: String(status) }];
    }
    const { content } = documented;
    if (!content) return [];
    const type = mediaTypeOf(headers["content-type"]);
    const media = content[type];
    if (!media) {
      const came = /^[\w.+-]{1,40}\/[\w.+-]{1,60}$/.test(type) ? type : "another, or none";
      return [{ pointer: "", keyword: "content-type", documented: Object.keys(content).join(", "), came }];
    }
    const { schema } = media;
    if (schema === undefined) return [];
    if ("lines" in body) return distinct(body.lines.flatMap((line) => ofText(schema, () => line)));
    return type.endsWith("json") ? ofText(schema, body.text) : [];
  };

  return {
    /** "GET /slots", as the document writes it. */
    operationOf: (exchange: Pick<Exchange, "method" | "path">): string | undefined => {
      const found = findOperation(document, exchange);
      return found && `${exchange.method} ${found.template}`;
    },
    differencesOf: (exchange: Exchange): Difference[] => {
      const found = findOperation(document, exchange);
      if (!found || !exchange.reply) return [];
      const operation = `${exchange.method} ${found.template}`;
      return ofReply(found.operation, exchange.reply).map((where) => ({ operation, ...where }));
    },
  };
};
export type Comparison = ReturnType<typeof createComparison>;
