import { and, eq, isNotNull } from "drizzle-orm";
import type { Purpose } from "../../schema/consent.ts";
import type { Language, VolunteerId } from "../../schema/primitives.ts";
import type { Db } from "./db.ts";
import { consents, consentTexts } from "./tables/rights.ts";

/* To what somebody consented, where it is another than their registration says; and the texts. */

export type ConsentRow = typeof consents.$inferSelect;

export const of = (db: Db, volunteer: VolunteerId): Promise<ConsentRow[]> =>
  db.select().from(consents).where(eq(consents.volunteer, volunteer)).orderBy(consents.purpose);

export const put = async (db: Db, row: ConsentRow): Promise<void> => {
  const { region: _, volunteer: __, purpose: ___, ...values } = row;
  await db
    .insert(consents)
    .values(row)
    .onConflictDoUpdate({ target: [consents.region, consents.volunteer, consents.purpose], set: values });
};

export const isWithdrawn = async (db: Db, volunteer: VolunteerId, purpose: Purpose): Promise<boolean> =>
  (
    await db
      .select({ purpose: consents.purpose })
      .from(consents)
      .where(
        and(
          ...[eq(consents.volunteer, volunteer), eq(consents.purpose, purpose)],
          isNotNull(consents.withdrawnAt),
        ),
      )
  ).length > 0;

/** Keeps a text as it was first: whoever consented read that one. */
export const keepText = async (
  db: Db,
  row: { version: string; language: Language; text: string },
): Promise<void> => {
  await db.insert(consentTexts).values(row).onConflictDoNothing();
};

export const textOf = (db: Db, version: string) =>
  db.select().from(consentTexts).where(eq(consentTexts.version, version));
