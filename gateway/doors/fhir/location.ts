import type { Location } from "@medplum/fhirtypes";
import type { Centre } from "../../../schema/region.ts";
import type { Client } from "./api.ts";
import { belgian, hl7, type Names } from "./names.ts";
import { fault } from "./outcome.ts";
import { type Asked, isToken, pageOf, type Searchable } from "./search.ts";

/* Centres as Locations. What region a centre is of stands as the state of its address, where FHIR has "a sub-unit of a country". */

export const searchable: Searchable = {
  by: [
    ...["_id", "identifier", "name", "name:exact", "name:contains", "status", "near"],
    ...["address", "address-city", "address-postalcode", "address-state", "address-country"],
  ],
  notBy: ["_lastUpdated", "address-use", "endpoint", "operational-status", "organization", "partof", "type"],
};

export const locationOf = (names: Names, centre: Centre): Location => {
  const { id, name, municipality, postcode, region, latitude, longitude, nihii, cbe } = centre;
  return {
    ...{ resourceType: "Location", id },
    identifier: [
      { system: names.ids("centre"), value: id },
      ...(nihii ? [{ system: belgian.nihii, value: nihii }] : []),
      ...(cbe ? [{ system: belgian.cbe, value: cbe }] : []),
    ],
    ...{ status: "active", name, mode: "instance" },
    address: { type: "physical", city: municipality, postalCode: postcode, state: region, country: "BE" },
    physicalType: { coding: [{ system: hl7("location-physical-type"), code: "si", display: "Site" }] },
    position: { longitude, latitude },
  };
};

export const centresOf = async (client: Client): Promise<Centre[]> =>
  (await client.get<{ items: Centre[] }>("/v1/centres")).items;

/** As FHIR compares strings: whatever their case and accents. */
const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const begins = (text: string, wanted: string) => plain(text).startsWith(plain(wanted));

/** Whether one of these words begins what stands in an address: for `location-string` of `$find` too. */
export const isInAddress = (centre: Centre, wanted: string): boolean =>
  [centre.name, centre.municipality, centre.postcode, centre.region, "BE"].some((part) =>
    begins(part, wanted),
  );

const km = new Map([
  ["km", 1],
  ["m", 0.001],
  ["[mi_us]", 1.609344],
]);
const around = 6371;
const radians = (degrees: number) => (degrees * Math.PI) / 180;
/** On a globe, by the haversine. */
const kmBetween = (centre: Centre, [latitude, longitude]: readonly [number, number]) => {
  const half = (angle: number) => Math.sin(radians(angle) / 2) ** 2;
  const flat = Math.cos(radians(latitude)) * Math.cos(radians(centre.latitude));
  const arc = half(centre.latitude - latitude) + flat * half(centre.longitude - longitude);
  return 2 * around * Math.asin(Math.sqrt(arc));
};

/** `latitude|longitude|distance|unit`; 50 km where no distance is said. */
const nearTo = (text: string): ((centre: Centre) => boolean) => {
  const [latitude = Number.NaN, longitude = Number.NaN, distance = 50] = text
    .split("|", 3)
    .map((part) => (part === "" ? Number.NaN : Number(part)));
  const unit = km.get(text.split("|")[3] || "km");
  if (![latitude, longitude, distance].every(Number.isFinite) || unit === undefined)
    return fault(400, "value", "near: latitude|longitude|distance|unit, in km, m or [mi_us]", "near");
  return (centre) => kmBetween(centre, [latitude, longitude]) <= distance * unit;
};

const tests: Record<string, (centre: Centre, wanted: readonly string[], names: Names) => boolean> = {
  _id: ({ id }, wanted) => wanted.includes(id),
  identifier: (centre, wanted, names) => isToken(wanted, locationOf(names, centre).identifier ?? []),
  name: ({ name }, wanted) => wanted.some((each) => begins(name, each)),
  "name:exact": ({ name }, wanted) => wanted.includes(name),
  "name:contains": ({ name }, wanted) => wanted.some((each) => plain(name).includes(plain(each))),
  status: (_, wanted) =>
    isToken(wanted, [{ system: "http://hl7.org/fhir/location-status", value: "active" }]),
  near: (centre, wanted) => wanted.some((each) => nearTo(each)(centre)),
  address: (centre, wanted) => wanted.some((each) => isInAddress(centre, each)),
  "address-city": ({ municipality }, wanted) => wanted.some((each) => begins(municipality, each)),
  "address-postalcode": ({ postcode }, wanted) => wanted.some((each) => begins(postcode, each)),
  "address-state": ({ region }, wanted) => wanted.some((each) => begins(region, each)),
  "address-country": (_, wanted) => wanted.some((each) => begins("BE", each)),
};

export const findCentres = (
  names: Names,
  asked: Pick<Asked, "anyOf">,
  centres: readonly Centre[],
): Centre[] =>
  centres.filter((centre) =>
    searchable.by.every((name) => asked.anyOf(name).every((wanted) => tests[name]?.(centre, wanted, names))),
  );

/** By id, a page at a time. */
export const searchLocations = async (names: Names, client: Client, asked: Asked) => {
  const found = findCentres(names, asked, await centresOf(client)).toSorted((one, other) =>
    one.id < other.id ? -1 : 1,
  );
  const { items, total, next } = pageOf(asked, found, ({ id }) => id);
  return { matches: items.map((each) => locationOf(names, each)), total, next };
};

export const readCentre = (client: Client, id: string): Promise<Centre> =>
  /^[a-z][a-z0-9-]{0,47}$/.test(id)
    ? client.get<Centre>(`/v1/centres/${id}`)
    : fault(404, "not-found", "There is no such centre");
