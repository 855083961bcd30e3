import { Purpose, type PurposeConsent } from "../../schema/consent.ts";
import * as consents from "../store/consents.ts";
import type { Db } from "../store/db.ts";
import type * as volunteers from "../store/volunteers.ts";

/* To what somebody has consented, purpose by purpose. */

type Row = volunteers.VolunteerRow;

/** What holds for each purpose: what was said of it last, or else what the registration says of all. */
export const consentsOf = async (tx: Db, row: Row): Promise<PurposeConsent[]> => {
  const said = await consents.of(tx, row.id);
  return Purpose.options.map((purpose) => {
    const own = said.find((each) => each.purpose === purpose);
    const { textVersion, language, givenAt: at } = own ?? wholeOf(row);
    return { purpose, textVersion, language, at, withdrawnAt: own?.withdrawnAt ?? undefined };
  });
};

/** What a registration says of every purpose. */
export const wholeOf = (row: Row) => ({
  textVersion: row.consentText,
  language: row.language,
  givenAt: row.consentAt,
  withdrawnAt: null,
});

/** Before the registration says otherwise (its language changes), what was said until now is written down. */
export const pinConsents = async (tx: Db, row: Row): Promise<void> => {
  const said = await consents.of(tx, row.id);
  for (const purpose of Purpose.options)
    if (!said.some((each) => each.purpose === purpose))
      await consents.put(tx, { region: row.region, volunteer: row.id, purpose, ...wholeOf(row) });
};

/** The text in force now covers each purpose that is not withdrawn. */
export const renewConsents = async (tx: Db, row: Row): Promise<void> => {
  for (const each of await consents.of(tx, row.id))
    if (each.withdrawnAt === null) await consents.put(tx, { ...each, ...wholeOf(row) });
};
