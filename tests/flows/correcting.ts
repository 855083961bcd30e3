import { expect } from "vitest";
import type { VolunteerId } from "../../schema/primitives.ts";
import type { NewVolunteer } from "../../schema/volunteer.ts";
import type { Scene } from "../record/story.ts";
import { newVolunteer } from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { broken, nothing } from "./scene.ts";

/* People who correct who they are, and what lies in the database of them. */

export const older = "1940-02-03";
export const jean = newVolunteer();
export const paul = newVolunteer({ born: older, givenName: "Paul", familyName: "Renard" });
export const tokenOf = ({ registered }: Scene, at = 0) => registered[at]?.token ?? "";
export const inOrder = async ({ database: { sql } }: Scene) =>
  (await sql`select volunteer from queue order by birth_date, volunteer`).map(
    ({ volunteer }) => volunteer as VolunteerId,
  );
export const linesOf = ({ database: { sql } }: Scene, event: string) =>
  sql<{ region: string; facts: Record<string, unknown> }[]>`
    select region, facts from audit where event = ${event} order by id`;
export const ordersOf = async ({ database: { sql } }: Scene, kind: string) =>
  (await sql`select effect from outbox where effect->>'kind' = ${kind} order by id`).map(
    ({ effect }) => effect,
  );
export const rowsOf = async ({ database: { sql } }: Scene) =>
  sql`select id, person, repeat_of, birth_date::text, closed_for from volunteers order by id`;
export const rowOf = async (world: Scene, id: VolunteerId | undefined) =>
  (await rowsOf(world)).find((row) => row.id === id);
/** The registration of whoever registers later, as it lies there. */
export const arrived = async (world: Scene, person: NewVolunteer) =>
  rowOf(world, (await register(world.deps, person, "volunteer")).volunteer.id);
export const fail = (): never => {
  throw new Error("there should be one");
};
export const sure = async (world: Scene) => expect(await broken(world)).toEqual(nothing);
