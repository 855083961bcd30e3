import type { ReceiptState } from "../../../schema/erasure.ts";
import { type ErasureId, plusMinutes } from "../../../schema/primitives.ts";
import * as audit from "../../store/audit.ts";
import * as bookings from "../../store/bookings.ts";
import type { Db } from "../../store/db.ts";
import * as erasures from "../../store/erasures.ts";
import * as outbox from "../../store/outbox.ts";
import { type Deps, transact } from "../deps.ts";
import { type Matter, openMatter, sealMatter } from "./matter.ts";

/* What the worker reads to have a platform forget somebody, and what it tells once it has. */

type Name = { erasure: ErasureId; number: number };

/** A platform may show what it booked so much later, and a call of ours may be under way: nobody looks for good before. */
const showsWithinMinutes = 10;

/** What a platform is to be told; nothing once it has acknowledged that. `early`: look again later. */
export const errandToCarry = async (
  deps: Deps,
  name: Name,
): Promise<{ matter: Matter; early: boolean } | undefined> => {
  const row = await erasures.receipt(deps.db, name);
  if (row?.state !== "waiting" || row.matterSealed === null) return undefined;
  const matter = openMatter(deps, { ...name, matterSealed: row.matterSealed });
  if (matter.what !== "booking" || matter.externalRef || !matter.askedAt) return { matter, early: false };
  // The answer that was on the way may have come since.
  const since = await bookings.byId(deps.db, matter.request.booking);
  const externalRef = since?.externalRef ?? undefined;
  const early = !externalRef && deps.now() < plusMinutes(matter.askedAt, showsWithinMinutes);
  return { matter: { ...matter, externalRef }, early };
};

const stays = (state: ReceiptState) => state === "waiting" || state === "by-hand";

/** The account is closed with its last receipt. */
export const closeIfDone = async (tx: Db, deps: Deps, erasure: ErasureId): Promise<void> => {
  const row = await erasures.lock(tx, erasure);
  const receipts = await erasures.receiptsOf(tx, [erasure]);
  if (row && row.doneAt === null && !receipts.some(({ state }) => stays(state)))
    await erasures.finish(tx, erasure, deps.now());
};

/**
 * What a platform has acknowledged. `erased`: nothing is left there, and nothing of the receipt's matter here.
 * `by-hand`: it ended what ran, and erases nothing by itself; the name by which it is found there stays, sealed, until
 * somebody has seen to it.
 */
export const noteReceipt = (
  deps: Deps,
  name: Name,
  { state, fault, matter }: { state: "erased" | "by-hand"; fault?: string; matter: Matter },
): Promise<void> =>
  transact(deps, async (tx) => {
    const at = deps.now();
    const left = state === "by-hand" ? bare(matter) : undefined;
    const matterSealed = left ? sealMatter(deps, name, left) : null;
    const values = { state, at, fault: fault ?? null, matterSealed };
    if (!(await erasures.settleReceipt(tx, { ...name, state: "waiting" }, values))) return;
    const row = await erasures.receipt(tx, name);
    const facts = { ...name, what: row?.what, became: state };
    const line = { at, region: row?.region, actor: row?.platform ?? "gateway", event: "erasure.told" };
    await audit.note(tx, { ...line, subject: name.erasure, facts });
    await closeIfDone(tx, deps, name.erasure);
  });

/** No more than a name: whoever sees to it by hand needs nothing else. */
const bare = (matter: Matter): Matter | undefined => {
  if (matter.what === "list" && matter.externalId) return { what: "list", externalId: matter.externalId };
  if (matter.what !== "booking") return undefined;
  const { booking, centre, at, vaccine } = matter.request;
  const nobody = { givenName: "", familyName: "", birthDate: "", contact: {}, language: "en" as const };
  return {
    ...{ what: "booking", externalRef: matter.externalRef },
    request: { booking, centre, at, vaccine, guest: nobody },
  };
};

export const noteTry = async (deps: Deps, name: Name, fault: string): Promise<void> =>
  void (await erasures.noteTry(deps.db, name, { fault, at: deps.now() }));

/**
 * A platform has just given a name to somebody who was forgotten meanwhile: an answer that was on its way. It is told as
 * well.
 */
export const addErrand = async (
  tx: Db,
  deps: Deps,
  { erasure, ...errand }: { erasure: ErasureId } & Pick<erasures.ReceiptRow, "platform"> & { matter: Matter },
): Promise<void> => {
  const row = await erasures.lock(tx, erasure);
  if (!row) return;
  const at = deps.now();
  const number = Math.max(0, ...(await erasures.receiptsOf(tx, [erasure])).map((each) => each.number)) + 1;
  const { platform, matter } = errand;
  await erasures.addReceipts(tx, [
    {
      ...{ region: row.region, erasure, number, platform, what: matter.what },
      matterSealed: sealMatter(deps, { erasure, number }, matter),
      ...{ state: "waiting", at, tries: 0, fault: null },
    },
  ]);
  await erasures.finish(tx, erasure, null);
  await outbox.enqueue(tx, [{ kind: "erase", erasure, number, platform }], at);
};
