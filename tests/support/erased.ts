import type { VolunteerId } from "../../schema/primitives.ts";
import type { TestDeps } from "./gateway.ts";

type Row = { person: Uint8Array; contact: Uint8Array };

/** What is sealed of a registration, opened. */
export const openVolunteer = async ({ deps, database }: TestDeps, id: VolunteerId) => {
  const [row] = await database.sql<Row[]>`
    select person_sealed as person, contact_sealed as contact from volunteers where id = ${id}`;
  if (!row) throw new Error("there is no such registration");
  const open = (value: Uint8Array, column: string) =>
    JSON.parse(deps.vault.open(value, { table: "volunteers", column, id }));
  const { givenName, familyName } = open(row.person, "person_sealed");
  return { names: [givenName, familyName], contact: open(row.contact, "contact_sealed").contact };
};
