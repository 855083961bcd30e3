import { refuse } from "../../schema/errors.ts";
import type { Asked, Evening, OpenDoses } from "../../schema/evening.ts";
import {
  type BookingId,
  type CentreId,
  type Instant,
  instant,
  millis,
  type SurplusId,
} from "../../schema/primitives.ts";
import type { Centre } from "../../schema/region.ts";
import { liveStates } from "../../schema/surplus.ts";
import { covers, type Position, positionIn, textOf, validAt } from "../core/position.ts";
import { atOneMoment, type Db } from "../store/db.ts";
import * as evenings from "../store/evenings.ts";
import type { InvitationRow } from "../store/invitations.ts";
import type { SurplusRow } from "../store/surpluses.ts";
import { withCounts } from "./announce.ts";
import { shownComing } from "./coming.ts";
import { type Actor, type Deps, transact, within } from "./deps.ts";
import { noteSeen } from "./seen.ts";

/* A centre's evening, and what changed of it since each who watches was told. */

const hour = 3_600_000;

/** Of half a day back: doses last for an evening, and whoever came for the last of them is ticked off after it. */
const timesAt = (now: Instant): evenings.Times => ({
  announcedAfter: instant(millis(now) - 72 * hour),
  usableAfter: instant(millis(now) - 12 * hour),
});

/** Who watches a centre's evening, how far they were told of it, and which doses belonged to it then. */
export type Watcher = {
  centre: Pick<Centre, "id" | "region">;
  actor: Actor;
  position: Position;
  /** Nothing before they are told anything: they hear at once how it stands, even where nothing changed. */
  surpluses?: readonly SurplusId[];
};
/** What is told to one of them, and who they are from then on. */
export type Told = { evening: Evening; watcher: Watcher };

/** `since`: how far they were told before, in the words of an `Evening`. */
export const newWatcher = ({
  since,
  ...who
}: Pick<Watcher, "centre" | "actor"> & { since?: string }): Watcher => ({
  ...who,
  position: positionIn(since),
});

const isLive = (state: InvitationRow["state"]): state is Asked["state"] => liveStates.includes(state);
const shownAsked = ({ id, kind, state, windowEndsAt, knownBy }: InvitationRow): Asked[] =>
  isLive(state) ? [{ id, kind, state, windowEndsAt: windowEndsAt ?? undefined, knownBy }] : [];

const openDoses = async (tx: Db, rows: readonly SurplusRow[]): Promise<Map<SurplusId, OpenDoses>> => {
  const asked = await evenings.askedFor(
    tx,
    rows.map(({ id }) => id),
  );
  const counted = await withCounts(tx, [...rows]);
  return new Map(
    counted.map((surplus) => [
      surplus.id,
      { surplus, asked: asked.filter((each) => each.surplus === surplus.id).flatMap(shownAsked) },
    ]),
  );
};

type Found = { surpluses: Set<SurplusId>; bookings: Set<BookingId> };

const unknownTo = (position: Position, versions: readonly evenings.Version[]): Found => {
  const news = versions.filter(({ version }) => !covers(position, version));
  return {
    surpluses: new Set(news.filter(({ booking }) => booking === null).map(({ surplus }) => surplus)),
    bookings: new Set(news.flatMap(({ booking }) => booking ?? [])),
  };
};

const union = <Item>(sets: readonly Set<Item>[]): Set<Item> => new Set(sets.flatMap((each) => [...each]));

const told = async (
  tx: Db,
  deps: Deps,
  { centre, watchers }: { centre: CentreId; watchers: readonly Watcher[] },
): Promise<Told[]> => {
  const at = deps.now();
  const times = timesAt(at);
  const low = await evenings.horizon(tx);
  const valid = watchers.map(({ position }) => validAt(low, position));
  const from = Math.min(low, ...valid.map((each) => each.low));
  const versions = await evenings.versionsOf(tx, [{ centre, from }], times);
  const later = versions.flatMap(({ version }) => (version < low ? [] : version));
  const position: Position = { low, told: new Set(later) };
  const news = valid.map((each) => unknownTo(each, versions));
  const rows = await evenings.surplusesOf(tx, [centre], times);
  const changed = union(news.map(({ surpluses }) => surpluses));
  const doses = await openDoses(
    tx,
    rows.filter(({ id }) => changed.has(id)),
  );
  const coming = await evenings.comingBy(tx, [...union(news.map(({ bookings }) => bookings))]);
  for (const [nth, { actor }] of watchers.entries()) {
    const people = coming.flatMap(({ booking, person }) =>
      person && news[nth]?.bookings.has(booking.id) ? person : [],
    );
    await noteSeen(tx, deps, { people, actor, list: "expected", centre });
  }
  const shown = coming.map((each) => ({ id: each.booking.id, expected: shownComing(deps, each) }));
  const ids = rows.map(({ id }) => id);
  return news.map(({ surpluses, bookings }, nth) => ({
    watcher: { ...(watchers[nth] as Watcher), position, surpluses: ids },
    evening: {
      ...{ position: textOf(position), centre, at },
      surpluses: ids,
      changed: rows.flatMap(({ id }) => (surpluses.has(id) ? (doses.get(id) ?? []) : [])),
      expected: shown.flatMap(({ id, expected }) => (bookings.has(id) ? expected : [])),
    },
  }));
};

/**
 * What each of these watchers of one centre has not been told, all as of one moment and read once, with no more than the
 * centre itself in reach. That somebody is told of people by name is noted with it.
 */
export const tellEvening = async (deps: Deps, watchers: readonly Watcher[]): Promise<Told[]> => {
  const [first] = watchers;
  if (!first) return [];
  const { id: centre, region } = first.centre;
  // It changes nothing that anybody waits for.
  const world = { ...within(deps, { regions: [region], centres: [centre] }), nudge: () => undefined };
  return transact(world, async (tx) => {
    await atOneMoment(tx);
    return told(tx, deps, { centre, watchers });
  });
};

/** The whole of it. */
export const readEvening = async (
  deps: Deps,
  centre: Pick<Centre, "id" | "region">,
  actor: Actor,
): Promise<Evening> =>
  (await tellEvening(deps, [newWatcher({ centre, actor })]))[0]?.evening ?? refuse("internal");

const lowest = (watchers: readonly Watcher[]): number =>
  watchers.reduce((least, { position }) => Math.min(least, position.low), Number.MAX_SAFE_INTEGER);

/** Watchers by the centre that they watch. */
export const byCentre = <Each extends { centre: Pick<Centre, "id"> }>(
  watchers: readonly Each[],
): Map<CentreId, Each[]> => {
  const groups = new Map<CentreId, Each[]>();
  for (const each of watchers) groups.set(each.centre.id, [...(groups.get(each.centre.id) ?? []), each]);
  return groups;
};

/** At which of these watchers' centres there is something that one of them was not told. One look for all together. */
export const centresWithNews = async (deps: Deps, watchers: readonly Watcher[]): Promise<Set<CentreId>> => {
  const isNew = ({ surpluses }: Watcher) => surpluses === undefined;
  const news = new Set(watchers.filter(isNew).map(({ centre }) => centre.id));
  const others = byCentre(watchers.filter(({ centre }) => !news.has(centre.id)));
  if (others.size === 0) return news;
  const watched = [...others].map(([centre, all]) => ({ centre, from: lowest(all) }));
  const times = timesAt(deps.now());
  for (const { centre, version } of await evenings.versionsOf(deps.db, watched, times))
    if (others.get(centre)?.some(({ position }) => !covers(position, version))) news.add(centre);
  const belong = await evenings.surplusesOf(deps.db, [...others.keys()], times);
  for (const [id, all] of others) {
    const now = belong.filter(({ centre }) => centre === id).length;
    // One that is new was written; one that is over was not.
    if (all.some(({ surpluses }) => surpluses?.length !== now)) news.add(id);
  }
  return news;
};
