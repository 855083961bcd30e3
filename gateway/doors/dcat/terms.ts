/* Linked data as far as the catalogue needs it: things with properties, written in two ways. */

/** A literal: text in a language, or a value of a type of XML Schema or another. */
type Literal = { text: string; language?: string; type?: string };
export type Value = Literal | { iri: string } | Thing;
/** A thing of a class; without an address of its own where nobody refers to it. */
export type Thing = { iri?: string; is: string; has: readonly (readonly [property: string, value: Value])[] };

/** The names that stand for addresses in both ways of writing. */
export const prefixes = {
  adms: "http://www.w3.org/ns/adms#",
  dcat: "http://www.w3.org/ns/dcat#",
  dcatap: "http://data.europa.eu/r5r/",
  dct: "http://purl.org/dc/terms/",
  foaf: "http://xmlns.com/foaf/0.1/",
  spdx: "http://spdx.org/rdf/terms#",
  vcard: "http://www.w3.org/2006/vcard/ns#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
} as const;

export const iri = (address: string): Value => ({ iri: address });
export const typed = (text: string, type: string): Value => ({ text, type });
/** The same in each language. */
export const inLanguages = (property: string, said: Readonly<Record<string, string>>) =>
  Object.entries(said).map(([language, text]) => [property, { text, language }] as const);
