import { prefixes, type Thing, type Value } from "./terms.ts";

/* JSON-LD 1.1 (W3C, 16 July 2020). Its context stands in the document, so that nothing is fetched to read it. */

type Node = { [name: string]: unknown };

const told = (value: Value): unknown => {
  if ("is" in value) return nodeOf(value);
  if ("iri" in value) return { "@id": value.iri };
  const { text, language, type } = value;
  if (language) return { "@value": text, "@language": language };
  return type ? { "@value": text, "@type": type } : { "@value": text };
};

const nodeOf = ({ iri, is, has }: Thing): Node => {
  const node: Node = { ...(iri ? { "@id": iri } : {}), "@type": is };
  const names = [...new Set(has.map(([property]) => property))];
  for (const name of names) {
    const values = has.filter(([property]) => property === name).map(([, value]) => told(value));
    node[name] = values.length === 1 ? values[0] : values;
  }
  return node;
};

export const asJsonLd = (things: readonly Thing[]): string =>
  `${JSON.stringify({ "@context": prefixes, "@graph": things.map(nodeOf) }, undefined, 1)}\n`;
