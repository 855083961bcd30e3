import type { DatasetName, Release, Releases } from "../../../schema/release.ts";
import { inLanguages, iri, type Thing, typed, type Value } from "./terms.ts";
import { catalogueWords, datasetWords } from "./words.ts";

/*
 * What was released, as DCAT-AP 3.0 has it: each table is a series, and each week of it a dataset of four
 * distributions. Words of authorities are those of the Publications Office of the European Union.
 */

const authority = "http://publications.europa.eu/resource/authority";
const languages = ["NLD", "FRA", "DEU", "ENG"].map(
  (code) => ["dct:language", iri(`${authority}/language/${code}`)] as const,
);
/** Those of its file types that it has; the others are told by their media type alone. */
const fileTypes: Partial<Record<string, string>> = { csv: "CSV", json: "JSON" };
const mediaType = (type: string) => iri(`https://www.iana.org/assignments/media-types/${type}`);

type Said = readonly (readonly [property: string, value: Value])[];
type Given = Releases & { at: string };

const publisherAt = (at: string) => `${at}/catalogue#publisher`;
const seriesAt = (at: string, dataset: string) => `${at}/catalogue#${dataset}`;
const datasetAt = (at: string, { dataset, day, version }: Release) =>
  `${at}/catalogue#${dataset}/${day}/versions/${version}`;

const publisherOf = ({ publisher, at }: Given): Thing => ({
  iri: publisherAt(at),
  is: "foaf:Agent",
  has: [
    ["foaf:name", { text: publisher.name }],
    ["foaf:homepage", iri(publisher.homepage)],
  ],
});

const contactOf = ({ publisher }: Given): Said => {
  const { email, name, homepage } = publisher;
  const reached = email
    ? (["vcard:hasEmail", iri(`mailto:${email}`)] as const)
    : (["vcard:hasURL", iri(homepage)] as const);
  return [["dcat:contactPoint", { is: "vcard:Kind", has: [["vcard:fn", { text: name }], reached] }]];
};

/** What is the same for all of them. */
const common = (given: Given): Said => [
  ["dct:publisher", iri(publisherAt(given.at))],
  ...contactOf(given),
  ["dcat:theme", iri(`${authority}/data-theme/HEAL`)],
  ["dct:spatial", iri(`${authority}/country/BEL`)],
  ...languages,
  ...["vaccination", "reserve list"].map((text) => ["dcat:keyword", { text, language: "en" }] as const),
  ["dcat:landingPage", iri(`${given.at}/figures`)],
];

const accessRights = (word: "PUBLIC" | "RESTRICTED") =>
  ["dct:accessRights", iri(`${authority}/access-right/${word}`)] as const;
const every = (word: "WEEKLY" | "DAILY") =>
  ["dct:accrualPeriodicity", iri(`${authority}/frequency/${word}`)] as const;

const period = (from: string, until: string): Value => ({
  is: "dct:PeriodOfTime",
  has: [
    ["dcat:startDate", typed(from, "xsd:date")],
    ["dcat:endDate", typed(until, "xsd:date")],
  ],
});

const distributionOf = (given: Given, release: Release, file: Release["files"][number]): Thing => {
  const address = iri(given.at + file.path);
  const type = fileTypes[file.format];
  const title = `${datasetWords[release.dataset].title.en}, ${release.day}, ${file.format.toUpperCase()}`;
  return {
    iri: given.at + file.path,
    is: "dcat:Distribution",
    has: [
      ["dct:title", { text: title, language: "en" }],
      ["dcat:accessURL", address],
      ["dcat:downloadURL", address],
      ["dct:license", iri(given.publisher.licence)],
      ["dcat:mediaType", mediaType(file.mediaType)],
      ...(type ? [["dct:format", iri(`${authority}/file-type/${type}`)] as const] : []),
      ["dcat:byteSize", typed(String(file.bytes), "xsd:nonNegativeInteger")],
      ["dct:issued", typed(release.publishedAt, "xsd:dateTime")],
      ["dcatap:availability", iri(`${authority}/planned-availability/STABLE`)],
      [
        "spdx:checksum",
        {
          is: "spdx:Checksum",
          has: [
            ["spdx:algorithm", iri("http://spdx.org/rdf/terms#checksumAlgorithm_sha256")],
            ["spdx:checksumValue", typed(file.sha256, "xsd:hexBinary")],
          ],
        },
      ],
    ],
  };
};

const datasetOf = (given: Given, release: Release, beside: readonly Release[]): Thing => {
  const { dataset, day, until, version, publishedAt } = release;
  const inDays = (text: string) => `${text} (${day} – ${until})`;
  const { title, description } = datasetWords[dataset];
  const titles = Object.fromEntries(Object.entries(title).map(([of, text]) => [of, inDays(text)]));
  const before = beside.find((each) => each.day === day && each.version === version - 1);
  const earlier = beside.find((each) => each.day < day && each.isLatest);
  return {
    iri: datasetAt(given.at, release),
    is: "dcat:Dataset",
    has: [
      ...inLanguages("dct:title", titles),
      ...inLanguages("dct:description", description),
      ["dct:identifier", { text: `${dataset}/${day}/versions/${version}` }],
      ...common(given),
      accessRights("PUBLIC"),
      ["dcat:inSeries", iri(seriesAt(given.at, dataset))],
      ["dct:temporal", period(day, until)],
      ["dcat:temporalResolution", typed(dataset === "doses-by-region" ? "P1D" : "P7D", "xsd:duration")],
      ["dct:issued", typed(publishedAt, "xsd:dateTime")],
      ["dct:modified", typed(publishedAt, "xsd:dateTime")],
      ["dcat:version", { text: String(version) }],
      ...(before ? [["dcat:previousVersion", iri(datasetAt(given.at, before))] as const] : []),
      ...(earlier ? [["dcat:prev", iri(datasetAt(given.at, earlier))] as const] : []),
      ...release.files.map(({ path }) => ["dcat:distribution", iri(given.at + path)] as const),
    ],
  };
};

const seriesOf = (given: Given, dataset: DatasetName, releases: readonly Release[]): Thing => {
  const { title, description } = datasetWords[dataset];
  const [last, first] = [releases[0], releases.at(-1)];
  return {
    iri: seriesAt(given.at, dataset),
    is: "dcat:DatasetSeries",
    has: [
      ...inLanguages("dct:title", title),
      ...inLanguages("dct:description", description),
      ...common(given),
      every("WEEKLY"),
      ...(last && first
        ? ([
            ["dct:temporal", period(first.day, last.until)],
            ["dct:issued", typed(first.publishedAt, "xsd:dateTime")],
            ["dct:modified", typed(last.publishedAt, "xsd:dateTime")],
          ] as const)
        : []),
    ],
  };
};

/** The exact numbers are there, and not for everybody: whoever may have them finds out where. */
const daily = (given: Given): Thing[] => {
  const address = `${given.at}/v1/reports/days`;
  return [
    {
      iri: seriesAt(given.at, "daily-reports"),
      is: "dcat:Dataset",
      has: [
        ...inLanguages("dct:title", datasetWords.daily.title),
        ...inLanguages("dct:description", datasetWords.daily.description),
        ["dct:identifier", { text: "daily-reports" }],
        ...common(given),
        accessRights("RESTRICTED"),
        every("DAILY"),
        ["dcat:temporalResolution", typed("P1D", "xsd:duration")],
        ["dcat:distribution", iri(address)],
      ],
    },
    {
      iri: address,
      is: "dcat:Distribution",
      has: [
        ["dct:title", { text: "Daily reports, by key", language: "en" }],
        ["dcat:accessURL", iri(`${given.at}/docs`)],
      ],
    },
  ];
};

/** All that the catalogue speaks of; `at`: where people open the gateway. */
export const catalogueOf = (given: Given): Thing[] => {
  const { items, at } = given;
  const names = [...new Set(items.map(({ dataset }) => dataset))];
  const own = names.map((dataset) => ({
    dataset,
    releases: items.filter((each) => each.dataset === dataset),
  }));
  const datasets = own.flatMap(({ releases }) => releases.map((each) => datasetOf(given, each, releases)));
  const series = own.map(({ dataset, releases }) => seriesOf(given, dataset, releases));
  const [restricted, byKey] = daily(given) as [Thing, Thing];
  const listed = [...series, ...datasets, restricted];
  const catalogue: Thing = {
    iri: `${at}/catalogue`,
    is: "dcat:Catalog",
    has: [
      ...inLanguages("dct:title", catalogueWords.title),
      ...inLanguages("dct:description", catalogueWords.description),
      ["dct:publisher", iri(publisherAt(at))],
      ["dct:license", iri(given.publisher.licence)],
      ["foaf:homepage", iri(at)],
      ["dct:spatial", iri(`${authority}/country/BEL`)],
      ["dcat:themeTaxonomy", iri(`${authority}/data-theme`)],
      ...languages,
      ...listed.map((thing) => ["dcat:dataset", iri(thing.iri ?? "")] as const),
    ],
  };
  const files = items.flatMap((each) => each.files.map((file) => distributionOf(given, each, file)));
  return [catalogue, publisherOf(given), ...listed, byKey, ...files];
};
