import type { ConsentText, Purpose, PurposeConsent } from "../../schema/consent.ts";
import { refuse } from "../../schema/errors.ts";
import { reach } from "../core/identity.ts";
import * as audit from "../store/audit.ts";
import * as consents from "../store/consents.ts";
import type { Db } from "../store/db.ts";
import * as outbox from "../store/outbox.ts";
import * as platforms from "../store/platforms.ts";
import * as queue from "../store/queue.ts";
import * as volunteers from "../store/volunteers.ts";
import { type Deps, policyOf, transact } from "./deps.ts";
import { endUnderWay } from "./end.ts";
import { onList, owned } from "./manage.ts";
import { ownContact, sealContact } from "./person.ts";
import { consentsOf, wholeOf } from "./purposes.ts";

/* What somebody consents to, purpose by purpose; a withdrawal acts at once. */

type Row = volunteers.VolunteerRow;

/** What follows at once from a withdrawal. */
const acts: Record<Purpose, (tx: Db, deps: Deps, row: Row) => Promise<void>> = {
  /** Nobody calls them; what runs for them ends, and a dose that was kept is free. */
  called: async (tx, deps, row) => {
    const at = deps.now();
    const paused = row.state === "closed" ? { closedFrom: "paused" as const } : { state: "paused" as const };
    await volunteers.change(tx, row.id, { ...paused, updatedAt: at });
    await queue.settle(tx, row.id);
    await endUnderWay(tx, { row, reason: "withdrawn", at });
  },
  /** Whoever is asked for a later campaign is looked for there. */
  "next-campaign": async () => undefined,
  /** Off each list, and on none any more. */
  share: async (tx, deps, { id: volunteer }) => {
    const names = await platforms.identitiesOf(tx, volunteer);
    const on = new Set(names.flatMap(({ platform, endedAt }) => (endedAt === null ? [platform] : [])));
    const orders = [...on].map((platform) => ({ kind: "roster-leave" as const, volunteer, platform }));
    await outbox.enqueue(tx, orders, deps.now());
  },
  /** The helper's name and contact go; the person's own must reach them. */
  helper: async (tx, deps, row) => {
    const contact = ownContact(deps, row);
    if (reach(contact).length === 0)
      refuse("policy_refuses", undefined, [
        { in: "path", at: "purpose", detail: "nothing else reaches you: give a contact of your own first" },
      ]);
    await volunteers.change(tx, row.id, sealContact(deps, row.id, { contact }));
  },
};

type Said = { token: string; purpose: Purpose };

/** From now on the registration is not used for that. */
export const withdrawConsent = (deps: Deps, { token, purpose }: Said): Promise<PurposeConsent[]> =>
  transact(deps, async (tx) => {
    const row = onList(await owned(tx, deps, token));
    const at = deps.now();
    const before = (await consents.of(tx, row.id)).find((each) => each.purpose === purpose);
    if (!before?.withdrawnAt) {
      const said = before ?? { region: row.region, volunteer: row.id, purpose, ...wholeOf(row) };
      await consents.put(tx, { ...said, withdrawnAt: at });
      await acts[purpose](tx, deps, row);
      const line = { at, region: row.region, actor: "volunteer", event: "volunteer.consent-withdrawn" };
      await audit.note(tx, { ...line, subject: row.id, facts: { purpose } });
    }
    return consentsOf(tx, row);
  });

/** Consents again, to the text in force; to be called again, one resumes. */
export const giveConsent = (
  deps: Deps,
  { token, purpose, textVersion }: Said & { textVersion: string },
): Promise<PurposeConsent[]> =>
  transact(deps, async (tx) => {
    const row = onList(await owned(tx, deps, token));
    const at = deps.now();
    const { consentText } = (await policyOf(tx, row, at)).rules;
    if (textVersion !== consentText)
      refuse("policy_refuses", undefined, [
        { in: "body", at: "/textVersion", detail: `the text in force is ${consentText}` },
      ]);
    const { region, id: volunteer, language } = row;
    const said = { region, volunteer, purpose, textVersion, language, givenAt: at, withdrawnAt: null };
    await consents.put(tx, said);
    if (purpose === "share") await outbox.enqueue(tx, [{ kind: "roster-put", volunteer }], at);
    const line = { at, region, actor: "volunteer", event: "volunteer.consented", subject: volunteer };
    await audit.note(tx, { ...line, facts: { purpose } });
    return consentsOf(tx, row);
  });

/** The text of a version, in each language in which it was written. */
export const readConsentText = async (deps: Deps, version: string): Promise<ConsentText> => {
  const rows = await consents.textOf(deps.db, version);
  if (rows.length === 0) return refuse("not_found", "no text of this version is known here");
  return { version, texts: Object.fromEntries(rows.map(({ language, text }) => [language, text])) };
};
