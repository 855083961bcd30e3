import { and, eq, getTableColumns, inArray, sql } from "drizzle-orm";
import type { BookingId, VolunteerId } from "../../schema/primitives.ts";
import type { Deciding } from "../../schema/proof.ts";
import type { Db } from "./db.ts";
import { cardChecks, proofs } from "./tables/proofs.ts";

export type ProofRow = typeof proofs.$inferSelect;
export type CardCheckRow = typeof cardChecks.$inferSelect;

export const ofVolunteer = (db: Db, volunteer: VolunteerId): Promise<ProofRow[]> =>
  db.select().from(proofs).where(eq(proofs.volunteer, volunteer));

/** Every column of a row that is in the way, as it comes now. */
const renewed = (table: typeof proofs | typeof cardChecks) =>
  Object.fromEntries(
    Object.entries(getTableColumns(table)).map(([name, column]) => [
      name,
      sql.raw(`excluded.${column.name}`),
    ]),
  );

/** Notes proofs, each in the place of an earlier one of the same. */
export const note = async (db: Db, rows: readonly ProofRow[]): Promise<void> => {
  if (rows.length > 0)
    await db
      .insert(proofs)
      .values([...rows])
      .onConflictDoUpdate({ target: [proofs.volunteer, proofs.what], set: renewed(proofs) });
};

/** What a card or a register has shown to be otherwise is no longer proven by what was seen before. */
export const drop = async (db: Db, volunteer: VolunteerId, what: readonly Deciding[]): Promise<void> => {
  if (what.length > 0)
    await db.delete(proofs).where(and(eq(proofs.volunteer, volunteer), inArray(proofs.what, [...what])));
};

export const checkOf = async (db: Db, booking: BookingId): Promise<CardCheckRow | undefined> =>
  (await db.select().from(cardChecks).where(eq(cardChecks.booking, booking)))[0];

export const noteCheck = (db: Db, row: CardCheckRow) =>
  db
    .insert(cardChecks)
    .values(row)
    .onConflictDoUpdate({ target: cardChecks.booking, set: renewed(cardChecks) });
