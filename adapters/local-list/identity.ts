import { createHmac } from "node:crypto";
import type { RosterEntry } from "../../schema/adapter.ts";
import type { CentreId, ExternalId } from "../../schema/primitives.ts";
import { folded } from "./cells.ts";

/*
 * A row is known as "<centre>.<own>". `own` is what stands in its id column, or else a keyed digest of who the person
 * is, which stays the same when the row moves or comes back in another file, and reveals nobody. With the centre in
 * front, number 17 of two lists are two people, and no sheet can speak of the people of another centre.
 */
export const prefixed = (centre: CentreId, own: string): ExternalId =>
  (own.startsWith(`${centre}.`) ? own : `${centre}.${own}`) as ExternalId;
export const ownPart = (centre: CentreId, externalId: string): string =>
  externalId.startsWith(`${centre}.`) ? externalId.slice(centre.length + 1) : externalId;
export const centreOf = (externalId: ExternalId): CentreId => (externalId.split(".")[0] ?? "") as CentreId;

export type Named = RosterEntry & { externalId: ExternalId };
export type Naming = (entry: RosterEntry, centre: CentreId) => ExternalId;

/** An entry under its own name, or under its digest where it has none. */
export const named = (naming: Naming, entry: RosterEntry, centre: CentreId): Named => ({
  ...entry,
  externalId: entry.externalId ? prefixed(centre, entry.externalId) : naming(entry, centre),
});

/**
 * A digest of the national number, or else of name, birth date and contact; whoever changes one of these is a new
 * person.
 */
export const namingBy =
  (digestKey: string): Naming =>
  (entry, centre) => {
    const { mobile, email } = entry.contact;
    const facts = entry.nationalNumber
      ? ["number", entry.nationalNumber]
      : ["person", nameAndBirth(entry), mobile ?? email?.toLowerCase()];
    const digest = createHmac("sha256", digestKey).update(JSON.stringify(facts)).digest("base64url");
    return `${centre}.${digest.slice(0, 22)}` as ExternalId;
  };

const nameAndBirth = ({ familyName, givenName, birthDate }: RosterEntry) =>
  [folded(familyName), folded(givenName), birthDate ?? ""].join("|");

type Known = { row: number; nationalNumber?: string };

/** Who has been seen in which row: by id, by number, or by name, birth date and one contact in common. */
export class People {
  readonly #known = new Map<string, Known>();

  /** Two different national numbers are two people, whatever else they share. */
  find(entry: RosterEntry): number | undefined {
    for (const key of keysOf(entry)) {
      const found = this.#known.get(key);
      const twoNumbers =
        key.startsWith("person") &&
        found?.nationalNumber !== undefined &&
        entry.nationalNumber !== undefined &&
        found.nationalNumber !== entry.nationalNumber;
      if (found && !twoNumbers) return found.row;
    }
    return undefined;
  }

  add(entry: RosterEntry, row: number): void {
    for (const key of keysOf(entry))
      if (!this.#known.has(key)) this.#known.set(key, { row, nationalNumber: entry.nationalNumber });
  }
}

const keysOf = (entry: RosterEntry): string[] => {
  const { mobile, email } = entry.contact;
  return [
    ...(entry.externalId ? [`id ${entry.externalId}`] : []),
    ...(entry.nationalNumber ? [`number ${entry.nationalNumber}`] : []),
    ...[mobile, email?.toLowerCase()].flatMap((each) =>
      each ? [`person ${nameAndBirth(entry)} ${each}`] : [],
    ),
  ];
};
