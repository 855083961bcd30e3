import { z } from "zod";
import { refuse } from "../../schema/errors.ts";
import type { Pair, PairDetail, Paired, PairState } from "../../schema/pair.ts";
import { Instant, localDay, PairId, type RegionId, type VolunteerId } from "../../schema/primitives.ts";
import { staying } from "../core/merge.ts";
import * as audit from "../store/audit.ts";
import type { Db } from "../store/db.ts";
import * as pairs from "../store/pairs.ts";
import * as platforms from "../store/platforms.ts";
import * as volunteers from "../store/volunteers.ts";
import { type Actor, type Deps, transact } from "./deps.ts";
import { sideOf } from "./merge.ts";
import { likened } from "./person.ts";

/* Pairs of registrations that may be one person's, as staff see them. */

export const shownPair = (row: pairs.PairRow): Pair => ({
  ...{ id: row.id, regions: row.regions, state: row.state, score: row.score, reasons: row.reasons },
  foundAt: row.foundAt,
  decidedAt: row.decidedAt ?? undefined,
  decidedBy: row.decidedBy ?? undefined,
  stays: row.stays ?? undefined,
});

const placeAt = (cursor: string): { at: Instant; id: PairId } => {
  const [at, id, ...more] = cursor.split("~");
  const place = z.tuple([Instant, PairId]).safeParse([at, id]);
  if (!place.success || more.length > 0 || place.data[0] !== at || at < "2020")
    return refuse("invalid_input", undefined, [
      { in: "query", at: "cursor", detail: "`next` of an earlier page" },
    ]);
  return { at: place.data[0], id: place.data[1] };
};

/** The longest waiting first. Of pairs across regions, only those of which a key reaches both. */
export const listPairs = (
  deps: Deps,
  {
    state,
    regions,
    cursor,
    limit,
  }: { state: PairState; regions?: RegionId[]; cursor?: string; limit: number },
): Promise<{ items: Pair[]; next?: string }> =>
  transact(deps, async (tx) => {
    const after = cursor === undefined ? undefined : placeAt(cursor);
    const rows = await pairs.list(tx, { state, regions, after, limit: limit + 1 });
    const items = rows.slice(0, limit).map(shownPair);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, ...(last ? { next: `${last.foundAt}~${last.id}` } : {}) };
  });

/** The regions whose staff a pair belongs to. */
export const regionsOfPair = async (deps: Deps, id: PairId): Promise<RegionId[]> =>
  ((await pairs.byId(deps.db, id)) ?? refuse("not_found")).regions;

const person = async (tx: Db, deps: Deps, id: VolunteerId) => {
  const row = (await volunteers.byId(tx, id)) ?? refuse("not_found");
  const side = await sideOf(tx, row);
  const { person: opened, helperName } = likened(deps, row);
  const { givenName, familyName, email, mobile } = opened;
  const known = await platforms.identitiesOf(tx, id);
  const shown: Paired = {
    ...{ id, region: row.region, state: row.state, givenName, familyName },
    ...{ birthDate: row.birthDate, birthYearOnly: row.birthYearOnly },
    nationalNumberKnown: row.nationalSealed !== null,
    postcode: row.postcode ?? undefined,
    contact: { email, mobile },
    helperName,
    centres: row.centres,
    lastDoseOn: row.lastDoseOn ?? undefined,
    platforms: [...new Set(known.map(({ platform }) => platform))].sort(),
    underWay: side.isPromised ? "promised" : side.isAsked ? "invited" : "nothing",
    registeredAt: row.registeredAt,
  };
  return { shown, side };
};

/** Both registrations side by side, and why they may be one person's. Who looked is noted. */
export const readPair = (deps: Deps, id: PairId, actor: Actor): Promise<PairDetail> =>
  transact(deps, async (tx) => {
    const row = (await pairs.byId(tx, id)) ?? refuse("not_found");
    const [one, other] = [await person(tx, deps, row.one), await person(tx, deps, row.other)];
    const at = deps.now();
    const facts = { day: localDay(at) };
    await audit.note(tx, { at, region: row.regions[0], actor, event: "pair.read", subject: id, facts });
    const wouldStay = row.state === "open" ? staying(one.side, other.side).id : undefined;
    return { ...shownPair(row), one: one.shown, other: other.shown, wouldStay };
  });
