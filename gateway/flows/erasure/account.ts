import { z } from "zod";
import type { Erased, Erasure, OpenErasure } from "../../../schema/erasure.ts";
import { refuse } from "../../../schema/errors.ts";
import { ErasureId, type ExternalId, Instant, type RegionId } from "../../../schema/primitives.ts";
import * as audit from "../../store/audit.ts";
import type { Db } from "../../store/db.ts";
import * as erasures from "../../store/erasures.ts";
import * as forget from "../../store/forget.ts";
import { replacing } from "../../store/keyring.ts";
import * as pairs from "../../store/pairs.ts";
import { type Actor, type Deps, transact } from "../deps.ts";
import { ownedInPerson } from "../manage.ts";
import { closeIfDone } from "./carry.ts";
import { forgetPerson } from "./forget.ts";
import { openMatter } from "./matter.ts";

/* Asking to be forgotten, and the account of it. */

const shownReceipt = ({ number, platform, what, state, at, tries, fault }: erasures.ReceiptRow) => ({
  ...{ number, platform, what, state, at, tries },
  fault: fault ?? undefined,
});

const shown = (row: erasures.ErasureRow, receipts: erasures.ReceiptRow[]): Erasure => ({
  ...{ id: row.id, region: row.region, cause: row.cause, askedAt: row.askedAt },
  doneAt: row.doneAt ?? undefined,
  keptUntil: row.keptUntil ?? undefined,
  barredUntil: row.barredUntil ?? undefined,
  receipts: receipts.map(shownReceipt),
});

/**
 * Whose registrations a token may have erased: all of its person's. A repeat that nobody has found to be theirs may be a
 * stranger's who entered their number: it goes alone (F20).
 */
const meant = async (tx: Db, row: Awaited<ReturnType<typeof ownedInPerson>>) => {
  if (row.repeatOf !== null && !(await pairs.isMerged(tx, row.repeatOf, row.id))) return [row];
  return forget.allOf(tx, row.id);
};

/** Forgets whoever the token stands for, and answers with the account and the token that opens it. */
export const eraseOwn = (deps: Deps, token: string, actor: Actor): Promise<Erased> =>
  transact(deps, async (tx) => {
    const row = await ownedInPerson(tx, deps, token);
    const receiptToken = deps.token();
    const found = await meant(tx, row);
    // Whoever it was that asked: the one whose region and terms count.
    const first = found.find(({ repeatOf }) => repeatOf === null) ?? row;
    const rows = [first, ...found.filter(({ id }) => id !== first.id)];
    const erasure = await forgetPerson(tx, deps, { rows, cause: "asked", actor, token: receiptToken });
    const receipts = await erasures.receiptsOf(tx, [erasure.id]);
    return { erasure: shown(erasure, receipts), token: receiptToken };
  });

/** The account that a token opens, which outlives the person's data and holds none of it. */
export const readOwnErasure = async (deps: Deps, token: string): Promise<Erasure> => {
  const digests = deps.vault.digests("token", token);
  const row = (await erasures.byToken(deps.db, digests)) ?? refuse("token_not_valid");
  const after = row.tokenDigest && replacing(digests, row.tokenDigest);
  if (after) await erasures.redigest(deps.db, row.id, after);
  return shown(row, await erasures.receiptsOf(deps.db, [row.id]));
};

const placeAt = (cursor: string): { at: Instant; id: ErasureId } => {
  const place = z.tuple([Instant, ErasureId]).safeParse(cursor.split("~"));
  return place.success
    ? { at: place.data[0], id: place.data[1] }
    : refuse("invalid_input", undefined, [
        { in: "query", at: "cursor", detail: "`next` of an earlier page" },
      ]);
};

type Listing = { regions?: RegionId[]; open?: boolean; cursor?: string; limit: number };

/** The newest first; `open`: where something is still to be told, or to be done by hand. */
export const listErasures = async (
  deps: Deps,
  { cursor, limit, ...which }: Listing,
): Promise<{ items: Erasure[]; next?: string }> => {
  const after = cursor === undefined ? undefined : placeAt(cursor);
  const rows = await erasures.list(deps.db, { ...which, after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const receipts = await erasures.receiptsOf(
    deps.db,
    page.map(({ id }) => id),
  );
  const items = page.map((row) =>
    shown(
      row,
      receipts.filter(({ erasure }) => erasure === row.id),
    ),
  );
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { items, ...(last ? { next: `${last.askedAt}~${last.id}` } : {}) };
};

export const regionOfErasure = async (deps: Deps, id: ErasureId): Promise<RegionId> =>
  ((await erasures.byId(deps.db, id)) ?? refuse("not_found")).region;

/** By which name the platform knows what somebody must have erased there. */
const referenceOf = (deps: Deps, row: erasures.ReceiptRow): ExternalId | undefined => {
  if (row.state !== "by-hand" || row.matterSealed === null) return undefined;
  const matter = openMatter(deps, { ...row, matterSealed: row.matterSealed });
  if (matter.what === "list") return matter.externalId;
  return matter.what === "booking" ? matter.externalRef : undefined;
};

/** With the names by which what must be done by hand is found; who looked is noted. */
export const readErasure = (deps: Deps, id: ErasureId, actor: Actor): Promise<OpenErasure> =>
  transact(deps, async (tx) => {
    const row = (await erasures.byId(tx, id)) ?? refuse("not_found");
    const receipts = await erasures.receiptsOf(tx, [id]);
    const line = { at: deps.now(), region: row.region, actor, event: "erasure.read", subject: id };
    await audit.note(tx, line);
    return {
      ...shown(row, []),
      receipts: receipts.map((each) => ({ ...shownReceipt(each), reference: referenceOf(deps, each) })),
    };
  });

/** Somebody has had it erased by hand. Safe to repeat. */
export const doneByHand = (
  deps: Deps,
  { erasure, number }: { erasure: ErasureId; number: number },
  actor: Actor,
): Promise<Erasure> =>
  transact(deps, async (tx) => {
    const row = (await erasures.lock(tx, erasure)) ?? refuse("not_found");
    const receipt = (await erasures.receipt(tx, { erasure, number })) ?? refuse("not_found");
    const at = deps.now();
    const values = { state: "done-by-hand" as const, at, matterSealed: null };
    if (await erasures.settleReceipt(tx, { erasure, number, state: "by-hand" }, values)) {
      const facts = { number, platform: receipt.platform, what: receipt.what };
      const line = { at, region: row.region, actor, event: "erasure.done-by-hand" };
      await audit.note(tx, { ...line, subject: erasure, facts });
      await closeIfDone(tx, deps, erasure);
    } else if (receipt.state !== "done-by-hand") refuse("conflict", `this receipt is ${receipt.state}`);
    const now = (await erasures.byId(tx, erasure)) ?? row;
    return shown(now, await erasures.receiptsOf(tx, [erasure]));
  });
