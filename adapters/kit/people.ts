import type { Guest, RosterEntry } from "../../schema/adapter.ts";
import type { CentreId, Postcode } from "../../schema/primitives.ts";
import { always, type Contact } from "../../schema/volunteer.ts";

const givenNames = ["An", "Bram", "Chloé", "Dries", "Élodie", "Farid", "Gülay", "Hélène"];
const familyNames = ["Maes", "Peeters", "D’Hondt", "Lefèvre", "Müller", "van den Broeck", "Öztürk"];
const languages = ["fr", "nl", "de", "en"] as const;
const two = (value: number) => String(value).padStart(2, "0");
const pick = <Value>(from: readonly [Value, ...Value[]] | Value[], index: number): Value =>
  from[index % from.length] as Value;

/** The nth invented person: everything known, valid check digits, over 18 in any year of the campaign. */
export const person = (index: number, centre: CentreId): RosterEntry & { contact: Required<Contact> } => {
  const [year, month, day] = [1935 + (index % 60), 1 + (index % 12), 1 + (index % 28)];
  const nine = `${two(year % 100)}${two(month)}${two(day)}${String(1 + (index % 997)).padStart(3, "0")}`;
  return {
    nationalNumber: nine + two(97 - (Number(nine) % 97)),
    givenName: pick(givenNames, index),
    familyName: pick(familyNames, index),
    birthDate: `${year}-${two(month)}-${two(day)}`,
    postcode: String(6000 + (index % 60)) as Postcode,
    contact: {
      email: `person-${index}@example.org`,
      mobile: `+3247${String(index).padStart(7, "0")}`,
    },
    language: pick([...languages], index),
    centres: [centre],
    availability: always,
    conditions: [],
    state: "active",
  };
};

export const people = (count: number, centre: CentreId): RosterEntry[] =>
  Array.from({ length: count }, (_, index) => person(index, centre));

/** The same person as somebody to be booked or invited. */
export const guest = (index: number, centre: CentreId): Guest => {
  const {
    nationalNumber,
    givenName,
    familyName,
    birthDate = "",
    postcode,
    contact,
    language = "fr",
  } = person(index, centre);
  return { nationalNumber, givenName, familyName, birthDate, postcode, contact, language };
};
