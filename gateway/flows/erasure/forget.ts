import type { ErasureCause } from "../../../schema/erasure.ts";
import { type Day, type ErasureId, type Instant, localDay } from "../../../schema/primitives.ts";
import type { Retention } from "../../../schema/region.ts";
import { keptUntil, plusDays, termsOf } from "../../core/retention.ts";
import * as audit from "../../store/audit.ts";
import type { BookingRow } from "../../store/bookings.ts";
import * as budgets from "../../store/budgets.ts";
import type { Db } from "../../store/db.ts";
import { hexOf } from "../../store/digests.ts";
import * as erasures from "../../store/erasures.ts";
import * as forget from "../../store/forget.ts";
import * as identityWords from "../../store/identity-words.ts";
import * as outbox from "../../store/outbox.ts";
import * as volunteers from "../../store/volunteers.ts";
import { type Actor, type Deps, policyOf } from "../deps.ts";
import { endListLife } from "../end.ts";
import { sealContact, sealNames } from "../person.ts";
import { dropAnswers } from "./answers.ts";
import { evidencesOf, nameDigests } from "./bar.ts";
import { type Errand, errandsOf, sealMatter } from "./matter.ts";

/* Somebody is forgotten: what runs for them ends, each platform has its order, and nothing that is theirs stays. */

type Row = volunteers.VolunteerRow;
type Books = BookingRow[];

/** `token`: opens the account of it. */
export type Forgetting = { rows: Row[]; cause: ErasureCause; actor: Actor; token?: string };

const isLive = ({ state }: Row) => state === "active" || state === "paused";

/** Live questions end and a dose that was promised is free at once, before anything else. Says who is to hear that. */
const endAll = async (tx: Db, deps: Deps, { rows, books }: { rows: Row[]; books: Books }) => {
  const at = deps.now();
  const hadPromise = books.some(({ state }) => state === "promised" || state === "booked");
  for (const row of rows) if (isLive(row)) await endListLife(tx, { row, reason: "withdrawn", at });
  if (!hadPromise) return [];
  const digests = (await Promise.all(rows.map(({ id }) => volunteers.digestsOf(tx, id)))).flat();
  return forget.officialPlatforms(tx, digests);
};

/** The dose that was given last here, and so how long the law keeps it. */
const givenIn = (books: Books): Instant | undefined =>
  books
    .filter(({ state }) => state === "attended")
    .map(({ settledAt, at }) => settledAt ?? at)
    .reduce<Instant | undefined>(
      (last, each) => (last === undefined || each > last ? each : last),
      undefined,
    );

type Kept = { until: Day; keeps: Retention["doseKeeps"] };

const noDays = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] };

/** What stays of a registration, in its own columns; nothing personal unless the law keeps it. */
const remains = (deps: Deps, row: Row, kept?: Kept): Partial<Row> => {
  const keeps = (what: Kept["keeps"][number]) => kept?.keeps.includes(what) ?? false;
  const { birthDate, birthYearOnly, nationalSealed, identityDigest, lastDoseOn } = row;
  const blank = { personSealed: sealNames(deps, row.id, { givenName: "", familyName: "" }) };
  return {
    ...forget.nobody(row),
    ...(keeps("name") ? {} : blank),
    ...sealContact(deps, row.id, { contact: {} }),
    ...(keeps("birth") ? { birthDate, birthYearOnly } : {}),
    ...(keeps("number") ? { nationalSealed, identityDigest } : anonymous(deps, row)),
    ...(keeps("dose") ? { lastDoseOn } : {}),
    ...(kept ? { state: "closed", closedFor: "vaccinated" } : {}),
    availability: { week: noDays, repeats: true, exceptions: [] },
    registeredAt: `${row.registeredAt.slice(0, 10)}T00:00:00.000Z` as Instant,
    updatedAt: deps.now(),
  };
};

/** Equal to nobody's: whoever registers again is somebody new. Its words are kept like those of any that are gone. */
const anonymous = (deps: Deps, { id }: Row) => ({
  identityDigest: deps.vault.digest("identity", nobodysWords(id)),
});
const nobodysWords = (id: string) => `nobody ${id}`;

/** Of what the new digest was made, so that another key can make it anew. */
const keepNobody = async (tx: Db, deps: Deps, row: Row): Promise<void> => {
  const { identityDigest: digest } = anonymous(deps, row);
  const words = nobodysWords(row.id);
  const wordsSealed = deps.vault.seal(words, identityWords.boundTo(digest));
  await identityWords.keep(tx, { digest, wordsSealed });
};

/** Nobody is kept from coming back by their own will: where another registration of theirs counts, nothing bars it. */
const barAll = async (
  tx: Db,
  deps: Deps,
  { rows, errands, erasure, until }: { rows: Row[]; errands: Errand[]; erasure: ErasureId; until: Instant },
) => {
  const region = rows[0]?.region;
  if (!region) return;
  const words = rows.flatMap((row) => evidencesOf(deps, row));
  const own = rows.map(({ identityDigest }) => identityDigest);
  const names = errands.flatMap(({ platform, matter }) =>
    matter.what === "list" && matter.externalId ? nameDigests(deps, platform, matter.externalId) : [],
  );
  const all = [...words.map((each) => deps.vault.digest("identity", each)), ...own, ...names];
  const once = new Map(all.map((digest) => [hexOf(digest), digest]));
  await erasures.bar(
    tx,
    [...once.values()].map((digest) => ({ digest, region, erasure, untilAt: until })),
  );
};

/** A receipt for each platform, and the order that brings it. What the law keeps is asked for once its term is over. */
const writeReceipts = async (
  tx: Db,
  deps: Deps,
  { row, errands, books, kept }: { row: erasures.ErasureRow; errands: Errand[]; books: Books; kept?: Kept },
) => {
  const at = deps.now();
  const isKept = ({ matter }: Errand) =>
    kept !== undefined &&
    matter.what === "booking" &&
    books.some(({ id, state }) => id === matter.request.booking && state === "attended");
  const receipts = errands.map((errand, index): erasures.ReceiptRow => {
    const number = index + 1;
    const { platform, matter } = errand;
    const stays = isKept(errand);
    return {
      ...{ region: row.region, erasure: row.id, number, platform, what: matter.what },
      matterSealed: stays ? null : sealMatter(deps, { erasure: row.id, number }, matter),
      ...{ state: stays ? "kept" : "waiting", at, tries: 0, fault: null },
    };
  });
  await erasures.addReceipts(tx, receipts);
  const due = receipts.filter(({ state }) => state === "waiting");
  const erasure = row.id;
  const orders = due.map(({ number, platform }) => ({ kind: "erase" as const, erasure, number, platform }));
  await outbox.enqueue(tx, orders, at);
  return due.length;
};

/**
 * Forgets these registrations of one person, in the caller's transaction: afterwards nothing of them lies here but what
 * platforms must still be told, sealed, and what the law keeps. Answers with the account.
 */
export const forgetPerson = async (
  tx: Db,
  deps: Deps,
  { rows, cause, actor, token }: Forgetting,
): Promise<erasures.ErasureRow> => {
  const [first] = rows;
  if (!first) throw new Error("nobody to forget");
  const at = deps.now();
  const ids = rows.map(({ id }) => id);
  const terms = termsOf((await policyOf(tx, first, at)).rules);
  const books = await forget.bookingsOf(tx, ids);
  const until = keptUntil(givenIn(books), terms, at);
  const kept = until === undefined ? undefined : { until, keeps: terms.doseKeeps };
  const gaveBack = await endAll(tx, deps, { rows, books });
  const errands = await errandsOf(tx, deps, { rows, books, gaveBack });
  const barredUntil = plusDays(at, terms.tombstoneDays);
  const row: erasures.ErasureRow = {
    ...{ id: deps.uuid() as ErasureId, region: first.region, cause, askedAt: at, doneAt: null },
    tokenDigest: token === undefined ? null : deps.vault.digest("token", token),
    ...{ keptUntil: until ?? null, barredUntil: localDay(barredUntil) },
  };
  await erasures.add(tx, row);
  await barAll(tx, deps, { rows, errands, erasure: row.id, until: barredUntil });
  await forget.dropOrders(tx, ids, books);
  const waiting = await writeReceipts(tx, deps, { row, errands, books, kept });
  await dropAnswers(tx, deps, rows);
  await forget.dropTraces(tx, ids);
  await budgets.forgetKeys(tx, [...ids, ...rows.flatMap((each) => each.contactDigests.map(hexOf))]);
  await forget.blurInvitations(tx, ids);
  await forget.dropReferences(tx, kept ? books.filter(({ state }) => state !== "attended") : books);
  const dosed = new Set(books.filter(({ state }) => state === "attended").map(({ volunteer }) => volunteer));
  for (const each of rows) {
    const stays = kept && dosed.has(each.id) ? kept : undefined;
    await forget.blur(tx, each.id, { ...remains(deps, each, stays), erasure: row.id });
    if (!stays?.keeps.includes("number")) await keepNobody(tx, deps, each);
  }
  await identityWords.forget(tx);
  if (waiting === 0) await erasures.finish(tx, row.id, at);
  const facts = { erasure: row.id, cause, receipts: errands.length, ...(until ? { keptUntil: until } : {}) };
  await audit.note(
    tx,
    ...rows.map(({ id: subject, region }) => ({
      at,
      region,
      actor,
      event: "volunteer.erased",
      subject,
      facts,
    })),
  );
  return waiting === 0 ? { ...row, doneAt: at } : row;
};

/**
 * The law keeps it no longer: what was left of who was given a dose goes, and platforms are asked for what they were not
 * asked for until now. `false` where that has been done.
 */
export const endKept = async (tx: Db, deps: Deps, id: ErasureId): Promise<boolean> => {
  const account = await erasures.lock(tx, id);
  if (!account || account.keptUntil === null) return false;
  const at = deps.now();
  const rows = await forget.ofErasure(tx, id);
  const books = await forget.bookingsOf(
    tx,
    rows.map(({ id: each }) => each),
  );
  const kept = (await erasures.receiptsOf(tx, [id])).filter(({ state }) => state === "kept");
  const errands = await errandsOf(tx, deps, { rows, books, gaveBack: [] });
  const due = errands.filter(({ matter }) => matter.what === "booking");
  for (const [index, { number }] of kept.entries()) {
    const errand = due[index];
    const values = errand
      ? {
          state: "waiting" as const,
          at,
          matterSealed: sealMatter(deps, { erasure: id, number }, errand.matter),
        }
      : { state: "erased" as const, at };
    await erasures.settleReceipt(tx, { erasure: id, number, state: "kept" }, values);
    if (!errand) continue;
    const { platform } = errand;
    await outbox.enqueue(tx, [{ kind: "erase", erasure: id, number, platform }], at);
  }
  await forget.dropReferences(tx, books);
  for (const row of rows) {
    await forget.blur(tx, row.id, remains(deps, row));
    await keepNobody(tx, deps, row);
  }
  await identityWords.forget(tx);
  await erasures.endKeeping(tx, id, kept.length > 0 ? null : (account.doneAt ?? at));
  const line = { at, region: account.region, actor: "gateway", event: "erasure.kept-ended", subject: id };
  await audit.note(tx, line);
  return true;
};
