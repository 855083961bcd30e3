import { z } from "zod";
import { refuse } from "../../schema/errors.ts";
import { type CentreId, Instant, instant, localDay, millis, SurplusId } from "../../schema/primitives.ts";
import type { Expected, Surplus } from "../../schema/surplus.ts";
import type { SurplusToday } from "../../schema/today.ts";
import * as bookings from "../store/bookings.ts";
import { comingBy } from "../store/evenings.ts";
import * as places from "../store/places.ts";
import * as surpluses from "../store/surpluses.ts";
import { withCounts } from "./announce.ts";
import { shownComing } from "./coming.ts";
import { type Actor, type Deps, type Reach, transact } from "./deps.ts";
import { noteSeen } from "./seen.ts";

/* What a centre sees of its evening. */

/**
 * The place in the listing that a cursor names. Anybody may make a cursor up, and the database fails on ids that are
 * no UUIDs and on years that it does not know; 2020 is before any surplus.
 */
const placeAt = (cursor: string): { at: Instant; id: SurplusId } => {
  const [at, id, ...more] = cursor.split("~");
  const place = z.tuple([Instant, SurplusId]).safeParse([at, id]);
  if (!place.success || more.length > 0 || place.data[0] !== at || at < "2020")
    return refuse("invalid_input", undefined, [
      { in: "query", at: "cursor", detail: "`next` of an earlier page" },
    ]);
  return { at: place.data[0], id: place.data[1] };
};

/** Newest first; `next` continues. */
export const listSurpluses = (
  deps: Deps,
  { cursor, limit, centre, ...reach }: Reach & { centre?: CentreId; cursor?: string; limit: number },
): Promise<{ items: Surplus[]; next?: string }> =>
  transact(deps, async (tx) => {
    const before = cursor === undefined ? undefined : placeAt(cursor);
    const rows = await surpluses.list(tx, { ...reach, centre, before, limit: limit + 1 });
    const items = await withCounts(tx, rows.slice(0, limit));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, ...(last ? { next: `${last.announcedAt}~${last.id}` } : {}) };
  });

export const readSurplus = (deps: Deps, id: SurplusId): Promise<Surplus> =>
  transact(deps, async (tx) => {
    const row = (await surpluses.byId(tx, id)) ?? refuse("not_found");
    return (await withCounts(tx, [row]))[0] ?? refuse("not_found");
  });

/** Who is coming, who came, and who did not, by the hour at which they are expected. `actor`: who looks. */
export const whoIsComing = (deps: Deps, id: SurplusId, actor?: Actor): Promise<Expected[]> =>
  transact(deps, async (tx) => {
    const rows = await bookings.ofSurplus(tx, id);
    const coming = await comingBy(
      tx,
      rows.map((row) => row.id),
    );
    const [first] = rows;
    const people = coming.flatMap(({ person }) => person ?? []);
    if (actor && first) await noteSeen(tx, deps, { people, actor, list: "expected", centre: first.centre });
    return coming.map((each) => shownComing(deps, each));
  });

/** No brand, no name. */
export const today = (deps: Deps): Promise<SurplusToday[]> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const dayBefore: Instant = instant(millis(now) - 86_400_000);
    const rows = (await surpluses.list(tx, { from: dayBefore, limit: 100 })).filter(
      (row) => row.usableUntil > now || localDay(row.announcedAt) === localDay(now),
    );
    const names = new Map((await places.centresOf(tx)).map((centre) => [centre.id, centre]));
    return (await withCounts(tx, rows)).map(({ vaccine: _, campaign: __, centre, ...row }) => ({
      ...row,
      centre: names.get(centre)?.name ?? centre,
      municipality: names.get(centre)?.municipality ?? "",
    }));
  });
