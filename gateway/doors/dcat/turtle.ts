import { prefixes, type Thing, type Value } from "./terms.ts";

/* RDF 1.1 Turtle (W3C, 25 February 2014). */

const escapes: Record<string, string> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const quoted = (text: string): string =>
  `"${text.replaceAll(/[\\"\n\r\t]/g, (each) => escapes[each] ?? each)}"`;
/** What an address may not hold raw would end it (Turtle, IRIREF). */
const address = (text: string): string => `<${text.replaceAll(/[\s<>"{}|^`\\]/g, encodeURIComponent)}>`;

const written = (value: Value, depth: number): string => {
  if ("is" in value) return `[\n${bodyOf(value, depth + 1)}\n${"  ".repeat(depth)}]`;
  if ("iri" in value) return address(value.iri);
  const { text, language, type } = value;
  if (language) return `${quoted(text)}@${language}`;
  return type ? `${quoted(text)}^^${type}` : quoted(text);
};

const bodyOf = ({ is, has }: Thing, depth: number): string => {
  const indent = "  ".repeat(depth);
  const lines = has.map(([property, value]) => `${indent}${property} ${written(value, depth)}`);
  return [`${indent}a ${is}`, ...lines].join(" ;\n");
};

/** Each thing with an address stands by itself; what has none stands where it is spoken of. */
export const asTurtle = (things: readonly Thing[]): string => {
  const head = Object.entries(prefixes).map(([name, of]) => `@prefix ${name}: <${of}> .`);
  const named = things.map((thing) => `${address(thing.iri ?? "")}\n${bodyOf(thing, 1)} .`);
  return `${head.join("\n")}\n\n${named.join("\n\n")}\n`;
};
