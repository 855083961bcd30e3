import { expect } from "vitest";

/* What DCAT-AP 3.0 asks of each class of a catalogue, and a reader of it that knows nothing of how it was written. */

/** Subject, property and object; a literal's type or language stands behind it, and a node without an address begins with `_:`. */
export type Triple = readonly [subject: string, property: string, object: string];

const dct = "http://purl.org/dc/terms/";
const dcat = "http://www.w3.org/ns/dcat#";
const foaf = "http://xmlns.com/foaf/0.1/";
const spdx = "http://spdx.org/rdf/terms#";
const vcard = "http://www.w3.org/2006/vcard/ns#";
const xsd = "http://www.w3.org/2001/XMLSchema#";
const type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/** `of`: of which kind each object is. `least` and `most`: how many. */
type Rule = { property: string; least?: number; most?: number; of: "text" | "address" | "thing" | string };
const literal = (datatype: string) => `${xsd}${datatype}`;

/** By the shapes that come with the profile: what is mandatory, how often, and of which kind. */
export const shapes: Record<string, Rule[]> = {
  [`${dcat}Catalog`]: [
    { property: `${dct}title`, least: 1, of: "text" },
    { property: `${dct}description`, least: 1, of: "text" },
    { property: `${dct}publisher`, least: 1, most: 1, of: "thing" },
    { property: `${dct}license`, most: 1, of: "address" },
    { property: `${foaf}homepage`, most: 1, of: "address" },
    { property: `${dcat}dataset`, least: 1, of: "thing" },
  ],
  [`${foaf}Agent`]: [{ property: `${foaf}name`, least: 1, of: "text" }],
  [`${dcat}DatasetSeries`]: [
    { property: `${dct}title`, least: 1, of: "text" },
    { property: `${dct}description`, least: 1, of: "text" },
    { property: `${dct}publisher`, least: 1, most: 1, of: "thing" },
    { property: `${dct}accrualPeriodicity`, least: 1, most: 1, of: "address" },
    { property: `${dct}temporal`, least: 1, of: "thing" },
  ],
  [`${dcat}Dataset`]: [
    { property: `${dct}title`, least: 1, of: "text" },
    { property: `${dct}description`, least: 1, of: "text" },
    { property: `${dct}publisher`, least: 1, most: 1, of: "thing" },
    { property: `${dct}accessRights`, least: 1, most: 1, of: "address" },
    { property: `${dct}identifier`, least: 1, of: "text" },
    { property: `${dcat}contactPoint`, least: 1, of: "thing" },
    { property: `${dcat}distribution`, least: 1, of: "thing" },
    { property: `${dcat}keyword`, least: 1, of: "text" },
    { property: `${dcat}theme`, least: 1, of: "address" },
    { property: `${dct}spatial`, least: 1, of: "address" },
    { property: `${dct}issued`, most: 1, of: literal("dateTime") },
    { property: `${dct}modified`, most: 1, of: literal("dateTime") },
    { property: `${dcat}temporalResolution`, most: 1, of: literal("duration") },
    { property: `${dcat}version`, most: 1, of: "text" },
  ],
  [`${dcat}Distribution`]: [
    { property: `${dcat}accessURL`, least: 1, of: "address" },
    { property: `${dcat}downloadURL`, of: "address" },
    { property: `${dcat}mediaType`, most: 1, of: "address" },
    { property: `${dct}license`, most: 1, of: "address" },
    { property: `${dct}title`, of: "text" },
    { property: `${dcat}byteSize`, most: 1, of: literal("nonNegativeInteger") },
    { property: `${dct}issued`, most: 1, of: literal("dateTime") },
    { property: `${spdx}checksum`, most: 1, of: "thing" },
  ],
  [`${spdx}Checksum`]: [
    { property: `${spdx}algorithm`, least: 1, most: 1, of: "address" },
    { property: `${spdx}checksumValue`, least: 1, most: 1, of: literal("hexBinary") },
  ],
  [`${dct}PeriodOfTime`]: [
    { property: `${dcat}startDate`, least: 1, most: 1, of: literal("date") },
    { property: `${dcat}endDate`, least: 1, most: 1, of: literal("date") },
  ],
  [`${vcard}Kind`]: [
    { property: `${vcard}fn`, least: 1, of: "text" },
    { property: `${vcard}hasEmail`, most: 1, of: "address" },
  ],
};

const isText = (object: string) => object.startsWith('"') && !object.includes("^^");
const isOf = (of: Rule["of"], object: string, subjects: ReadonlySet<string>): boolean => {
  if (of === "text") return isText(object);
  if (of === "thing") return subjects.has(object);
  if (of === "address") return !object.startsWith('"') && !object.startsWith("_:") && URL.canParse(object);
  return object.endsWith(`^^${of}`);
};

/** All that is not as the profile asks. */
export const breaches = (triples: readonly Triple[]): string[] => {
  const subjects = new Set(triples.map(([subject]) => subject));
  return triples
    .filter(([, property]) => property === type)
    .flatMap(([subject, , is]) => {
      const rules = shapes[is];
      if (!rules) return [`${subject} is a ${is}, of which the profile knows nothing`];
      return rules.flatMap(({ property, least = 0, most = Number.POSITIVE_INFINITY, of }) => {
        const objects = triples
          .filter(([one, which]) => one === subject && which === property)
          .map((each) => each[2]);
        const amiss = objects.filter((object) => !isOf(of, object, subjects));
        return [
          ...(objects.length < least || objects.length > most
            ? [`${subject} ${property}: ${objects.length}`]
            : []),
          ...amiss.map((object) => `${subject} ${property}: ${object} is no ${of}`),
        ];
      });
    });
};

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;

/** JSON-LD whose context is prefixes alone, read as triples: all that the catalogue uses of it. */
export const readJsonLd = (document: { "@context": Record<string, string>; "@graph": Node[] }): Triple[] => {
  const { "@context": context, "@graph": graph } = document;
  const full = (name: string) =>
    name.replace(/^(\w+):(?!\/\/)/, (whole, prefix: string) => context[prefix] ?? whole);
  const triples: Triple[] = [];
  let blank = 0;
  const objectOf = (value: unknown): string => {
    if (!isNode(value)) throw new Error(`${String(value)} stands bare`);
    if ("@value" in value) {
      const { "@value": text, "@language": language, "@type": datatype } = value;
      return `"${String(text)}"${language ? `@${String(language)}` : ""}${datatype ? `^^${full(String(datatype))}` : ""}`;
    }
    return Object.keys(value).length === 1 && "@id" in value ? String(value["@id"]) : read(value);
  };
  const read = (node: Node): string => {
    blank += 1;
    const subject = String(node["@id"] ?? `_:b${blank}`);
    triples.push([subject, type, full(String(node["@type"]))]);
    for (const [name, value] of Object.entries(node))
      if (!name.startsWith("@"))
        for (const each of Array.isArray(value) ? value : [value])
          triples.push([subject, full(name), objectOf(each)]);
    return subject;
  };
  for (const node of graph) read(node);
  return triples;
};

/** Without the names of nodes that have none. */
export const nameless = (triples: readonly Triple[]): string[] =>
  triples.map((triple) => triple.map((part) => (part.startsWith("_:") ? "_" : part)).join(" ")).toSorted();

export const expectSound = (triples: readonly Triple[]): void => expect(breaches(triples)).toEqual([]);
