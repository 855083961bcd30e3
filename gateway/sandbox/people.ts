import type { RosterEntry } from "../../schema/adapter.ts";
import type { Centre } from "../../schema/region.ts";
import { always } from "../../schema/volunteer.ts";

/**
 * Inhabitants of Belgium on 1 January 2021 by year of age from 18 to 98, and 99 or more, in thousands.
 * Source: Statbel, summed over municipality and sex (CC BY 4.0).
 */
const thousandsByAge = [
  125, 128, 132, 131, 132, 136, 138, 139, 141, 146, 151, 154, 154, 152, 152, 149, 149, 146, 147, 148, 151,
  152, 154, 152, 150, 148, 146, 143, 147, 150, 155, 157, 159, 157, 156, 156, 159, 162, 166, 162, 158, 156,
  154, 152, 147, 143, 139, 135, 131, 126, 124, 117, 116, 114, 113, 110, 108, 90, 87, 80, 69, 61, 66, 68, 66,
  60, 55, 51, 47, 42, 39, 34, 29, 23, 18, 14, 11, 8, 6, 4, 3, 4,
];
const all = thousandsByAge.reduce((sum, count) => sum + count, 0);

const givenNames = [
  "Anna",
  "Luc",
  "Fatima",
  "Jan",
  "Zoé",
  "Karim",
  "Els",
  "Noël",
  "Greta",
  "Paul",
  "Inès",
  "Dirk",
];
const familyNames = [
  "Peeters",
  "Dubois",
  "El Amrani",
  "De Smet",
  "Müller",
  "Lambert",
  "Claes",
  "Van den Broeck",
];

const pick = <Item>(items: readonly Item[], random: () => number, otherwise: Item): Item =>
  items[Math.floor(random() * items.length)] ?? otherwise;

const ageOf = (random: () => number): number => {
  let left = random() * all;
  const index = thousandsByAge.findIndex((count) => {
    left -= count;
    return left < 0;
  });
  return 18 + Math.max(index, 0);
};

/** A national number with a serial that the register does not give: 997 for men, 998 for women. */
const numberOf = (birthDate: string, serial: 997 | 998): string => {
  const nine = `${birthDate.slice(2).replaceAll("-", "")}${serial}`;
  const base = Number(birthDate.startsWith("20") ? `2${nine}` : nine);
  return `${nine}${String(97 - (base % 97)).padStart(2, "0")}`;
};

/** A postcode that the centre serves, or its own where people choose. */
const postcodeOf = (centre: Centre, random: () => number): string =>
  pick(centre.serves, random, centre.postcode).slice(0, 4);

/** People who do not exist, of real ages and places, each with a number of their own. */
export const invent = (
  centre: Centre,
  { count, random, year }: { count: number; random: () => number; year: number },
) => {
  const taken = new Set<string>();
  const people: RosterEntry[] = [];
  while (people.length < count) {
    const month = String(1 + Math.floor(random() * 12)).padStart(2, "0");
    const day = String(1 + Math.floor(random() * 28)).padStart(2, "0");
    const birthDate = `${year - 1 - ageOf(random)}-${month}-${day}`;
    const nationalNumber = numberOf(birthDate, random() < 0.5 ? 997 : 998);
    if (taken.has(nationalNumber)) continue;
    taken.add(nationalNumber);
    const serial = `${centre.id}-${people.length}`;
    people.push({
      nationalNumber,
      givenName: pick(givenNames, random, "Anna"),
      familyName: pick(familyNames, random, "Peeters"),
      birthDate,
      postcode: postcodeOf(centre, random),
      contact: {
        email: `${serial}@people.example`,
        mobile: `+3247${String(1_000_000 + Math.floor(random() * 8_999_999))}`,
      },
      language: pick(["fr", "nl", "de", "en"] as const, random, "fr"),
      centres: [centre.id],
      availability: always,
      conditions: random() < 0.12 ? ["at-risk"] : [],
      state: "active",
    });
  }
  return people;
};
