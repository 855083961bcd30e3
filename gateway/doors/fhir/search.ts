import type { Bundle, BundleEntry, Resource } from "@medplum/fhirtypes";
import type { Context } from "hono";
import type { Instant } from "../../../schema/primitives.ts";
import type { Names } from "./names.ts";
import { Fault, fault, outcomeEntry, type Told } from "./outcome.ts";

/* How one searches: what was asked for, and the page that answers it (R4, 3.1.1). */

const longest = 200;
const usual = 50;

/** What each resource can be searched by, and what FHIR knows besides: to leave that out would answer with too much. */
export type Searchable = { by: readonly string[]; notBy: readonly string[] };

/** `unread`: parameters that nobody here knows, which FHIR would have a server leave out unless it is told not to. */
export type Asked = {
  all(name: string): string[];
  /** The values of which one must hold, of each time that the parameter was given. */
  anyOf(name: string): string[][];
  one(name: string): string | undefined;
  count: number;
  onlyTotal: boolean;
  cursor?: string;
  includes: string[];
  told: Told[];
  /** As they stand in the address of this page. */
  used: URLSearchParams;
};

const ofResults = ["_count", "_cursor", "_summary", "_total", "_include", "_sort", "_elements"];
const ofAnswers = ["_format", "_pretty"];
const narrowing = [
  ...["_has", "_filter", "_query", "_list", "_text", "_content", "_type"],
  ...["_profile", "_tag", "_security", "_source"],
];

const countIn = (text: string | undefined): number => {
  if (text === undefined) return usual;
  if (!/^\d{1,9}$/.test(text)) return fault(400, "value", "_count: a whole number", "_count");
  return Math.min(Number(text), longest);
};

/** The parameters of an address, and of a form that was posted. */
export const paramsOf = async (c: Context): Promise<URLSearchParams> => {
  const params = new URL(c.req.url).searchParams;
  if (c.req.method !== "POST") return params;
  const type = c.req.header("content-type") ?? "application/x-www-form-urlencoded";
  if (!/^application\/x-www-form-urlencoded\b/i.test(type))
    throw new Fault(415, {
      code: "not-supported",
      text: "a search is posted as application/x-www-form-urlencoded",
    });
  for (const [name, value] of new URLSearchParams(await c.req.text())) params.append(name, value);
  return params;
};

const isStrict = (c: Context) => /\bhandling\s*=\s*strict\b/i.test(c.req.header("prefer") ?? "");

/**
 * What is asked for. What a search could be narrowed by and is not here is refused, since the answer would hold what
 * nobody asked for; what nobody knows is left out and told, or refused where the caller prefers that.
 */
export const readSearch = (
  c: Context,
  { type, params, searchable }: { type: string; params: URLSearchParams; searchable: Searchable },
): Asked => {
  const used = new URLSearchParams();
  const told: Told[] = [];
  const values = new Map<string, string[]>();
  for (const [name, value] of params) {
    const [plain = name, modifier] = name.split(":");
    const isKnown = [...searchable.by, ...ofResults].includes(name);
    const mayBeLeftOut = name === "_revinclude" || name === "_contained" || name === "_include:iterate";
    if (isKnown || name === "_include:iterate") {
      if (value !== "") values.set(name, [...(values.get(name) ?? []), value]);
      if (value !== "" && name !== "_cursor") used.append(name, value);
    } else if (ofAnswers.includes(name)) used.append(name, value);
    else if (!mayBeLeftOut && [...searchable.by, ...searchable.notBy, ...narrowing].includes(plain))
      throw new Fault(400, {
        ...{ code: "not-supported", at: name },
        text: modifier
          ? `${type} is searched by ${plain} without ":${modifier}"`
          : `${type} is not searched by ${name} here, but by ${searchable.by.join(", ")}`,
      });
    else if (isStrict(c))
      throw new Fault(400, { code: "not-supported", text: `${name}: not known here`, at: name });
    else
      told.push({
        ...{ code: "not-supported", severity: "warning", at: name },
        text: `${name}: not known here, and left out`,
      });
  }
  const all = (name: string) => values.get(name) ?? [];
  const one = (name: string) => all(name)[0];
  const count = countIn(one("_count"));
  const sort = one("_sort");
  if (sort !== undefined)
    told.push({
      code: "informational",
      severity: "information",
      text: "_sort: the order here is always the same",
      at: "_sort",
    });
  return {
    ...{ all, one, count, told, used },
    anyOf: (name) =>
      all(name).map((each) => each.split(/(?<!\\),/).map((part) => part.replaceAll("\\,", ","))),
    onlyTotal: count === 0 || one("_summary") === "count",
    cursor: one("_cursor"),
    includes: [...all("_include"), ...all("_include:iterate")],
  };
};

/** No more than so many by their names: each is a question of its own. */
export const atMost = (most: number, ids: readonly string[]): readonly string[] =>
  ids.length <= most ? ids : fault(400, "value", `at most ${most} by their names at once`);

/** A page's place in words of no meaning. */
export const cursorOf = (place: string): string => Buffer.from(place).toString("base64url");
export const placeIn = (cursor: string | undefined): string | undefined => {
  if (cursor === undefined) return undefined;
  const place = Buffer.from(cursor, "base64url").toString();
  return cursorOf(place) === cursor && place !== ""
    ? place
    : fault(400, "value", "_cursor: only the one of a `next` link", "_cursor");
};

/** A page of what is there in one order, from after the place that the cursor names. */
export const pageOf = <Item>(
  { count, cursor, onlyTotal }: Pick<Asked, "count" | "cursor" | "onlyTotal">,
  items: readonly Item[],
  keyOf: (item: Item) => string,
): { items: Item[]; next?: string; total: number } => {
  const total = items.length;
  if (onlyTotal) return { items: [], total };
  const after = placeIn(cursor);
  const from = after === undefined ? 0 : items.findIndex((item) => keyOf(item) > after);
  const shown = from === -1 ? [] : items.slice(from, from + count);
  const last = from !== -1 && from + count < items.length ? shown.at(-1) : undefined;
  return { items: shown, total, ...(last !== undefined && { next: keyOf(last) }) };
};

type Found = {
  type: string;
  matches: Resource[];
  included?: Resource[];
  total: number;
  /** Where the next page begins. */
  next?: string;
  told?: readonly Told[];
};

const entryOf =
  (names: Names, mode: "match" | "include") =>
  (resource: Resource): BundleEntry => ({
    fullUrl: `${names.base}/${resource.resourceType}/${resource.id}`,
    resource,
    search: { mode },
  });

/** The `searchset` that answers a search. */
export const searchset = (
  names: Names,
  asked: Asked,
  { type, matches, included = [], total, next, told = [] }: Found,
  now: Instant,
): Bundle => {
  const addressOf = (params: URLSearchParams) => {
    const query = params.toString();
    return `${names.base}/${type}${query && `?${query}`}`;
  };
  const following = new URLSearchParams(asked.used);
  if (next !== undefined) following.set("_cursor", cursorOf(next));
  const notes = [...asked.told, ...told];
  const entry = [
    ...matches.map(entryOf(names, "match")),
    ...included.map(entryOf(names, "include")),
    ...(notes.length > 0 && !asked.onlyTotal ? [outcomeEntry(names, notes)] : []),
  ];
  return {
    resourceType: "Bundle",
    meta: { lastUpdated: now },
    type: "searchset",
    total,
    link: [
      { relation: "self", url: addressOf(asked.used) },
      ...(next === undefined ? [] : [{ relation: "next", url: addressOf(following) }]),
    ],
    ...(entry.length > 0 && { entry }),
  };
};

/** `system|code`, `|code` or `code`: whether something with these systems and values is meant. */
export const isToken = (
  texts: readonly string[],
  has: readonly { system?: string; value?: string }[],
): boolean =>
  texts.some((text) => {
    const [system, code] = text.includes("|") ? text.split("|", 2) : [undefined, text];
    return has.some(
      (each) =>
        (code === "" || each.value === code) && (system === undefined || (each.system ?? "") === system),
    );
  });

/** The id that a reference names, where it is one to that type: relative, or an address of this server. */
export const idIn = (names: Names, type: string, reference: string): string | undefined => {
  const relative = reference.startsWith(`${names.base}/`)
    ? reference.slice(names.base.length + 1)
    : reference;
  const [, of, id] =
    /^(?:([A-Za-z]+)\/)?([A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]+)?$/.exec(relative) ?? [];
  return of === undefined || of === type ? id : undefined;
};
