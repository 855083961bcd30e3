import type { BookingRequest, OfficialPerson, RosterEntry } from "../../../schema/adapter.ts";
import type { ErasureId, ExternalId, Instant, PlatformName } from "../../../schema/primitives.ts";
import type { BookingRow } from "../../store/bookings.ts";
import type { Db } from "../../store/db.ts";
import * as forget from "../../store/forget.ts";
import * as platforms from "../../store/platforms.ts";
import type { VolunteerRow } from "../../store/volunteers.ts";
import { listsOf } from "../bindings/lists.ts";
import type { Deps } from "../deps.ts";
import { asOfficial, guest } from "../person.ts";
import { requestFor } from "../request.ts";

/*
 * What a platform must be told so that it can forget somebody. It lies sealed in the receipt, since nothing else tells it
 * any more once they are forgotten here, and goes with the platform's acknowledgement.
 */

/** Under a name; or, where its answer to `put` is not here, as whoever it was asked to write. */
export type ListMatter = { what: "list"; externalId?: ExternalId; entry?: RosterEntry };
/** Its reference may not be here yet: then the request tells what to look for, since it was asked at that moment. */
export type BookingMatter = {
  what: "booking";
  request: BookingRequest;
  externalRef?: ExternalId;
  askedAt?: Instant;
};
export type OfficialMatter = { what: "official"; person: OfficialPerson };
export type Matter = ListMatter | BookingMatter | OfficialMatter;
export type Errand = { platform: PlatformName; matter: Matter };

const bound = (erasure: ErasureId, number: number) => ({
  table: "erasure_receipts",
  column: "matter_sealed",
  id: `${erasure} ${number}`,
});

export const sealMatter = (
  { vault }: Deps,
  { erasure, number }: { erasure: ErasureId; number: number },
  matter: Matter,
): Uint8Array => vault.seal(JSON.stringify(matter), bound(erasure, number));

/** As it was sealed here, by nobody else. */
export const openMatter = (
  { vault }: Deps,
  { erasure, number, matterSealed }: { erasure: ErasureId; number: number; matterSealed: Uint8Array },
): Matter => JSON.parse(vault.open(matterSealed, bound(erasure, number))) as Matter;

const entryOf = (deps: Deps, row: VolunteerRow): RosterEntry => ({
  ...guest(deps, row),
  birthYearOnly: row.birthYearOnly,
  centres: row.centres,
  availability: row.availability,
  conditions: row.conditions,
  state: "paused",
});

/**
 * Each list that has them, or had; and each on which they belong, be it that its answer is still on the way or that
 * nothing of them came there: whoever registers somebody who was on the list before sees the same receipts (F20).
 */
const listErrands = async (tx: Db, deps: Deps, row: VolunteerRow): Promise<Errand[]> => {
  const names = await platforms.identitiesOf(tx, row.id);
  const known = names.map(
    ({ platform, externalId }): Errand => ({ platform, matter: { what: "list", externalId } }),
  );
  const { rosters } = await listsOf(tx, row, deps.now());
  const nameless = rosters.filter((platform) => !names.some((name) => name.platform === platform));
  const entry = (await forget.isBeingPut(tx, row.id)) ? entryOf(deps, row) : undefined;
  return [...known, ...nameless.map((platform): Errand => ({ platform, matter: { what: "list", entry } }))];
};

/** A platform that refused keeps nothing; one whose answer is not here may have booked. */
const bookingErrand = async (tx: Db, deps: Deps, row: BookingRow): Promise<Errand | undefined> => {
  const { platform, externalRef, toldAt, askedAt } = row;
  if (platform === null || (externalRef === null && toldAt !== null)) return undefined;
  const request = await requestFor(tx, deps, row);
  if (!request) return undefined;
  const matter = {
    what: "booking" as const,
    request: { ...request, at: row.askedFor ?? row.at },
    externalRef: externalRef ?? undefined,
    askedAt: askedAt ?? undefined,
  };
  return { platform, matter };
};

const isNamed = (matter: Matter) => matter.what === "list" && matter.externalId !== undefined;

/** All that platforms are to be told of these registrations, before anything of them is taken out here. */
export const errandsOf = async (
  tx: Db,
  deps: Deps,
  { rows, books, gaveBack }: { rows: VolunteerRow[]; books: BookingRow[]; gaveBack: PlatformName[] },
): Promise<Errand[]> => {
  const lists: Errand[] = [];
  for (const row of rows) lists.push(...(await listErrands(tx, deps, row)));
  const named = new Set(lists.flatMap(({ platform, matter }) => (isNamed(matter) ? [platform] : [])));
  // A repeat stands on no list by itself; where the person's own registration goes with it, nothing is said twice.
  const errands = lists.filter(
    ({ platform, matter }, nth) =>
      isNamed(matter) ||
      (!named.has(platform) && lists.findIndex((each) => each.platform === platform) === nth),
  );
  for (const each of books) {
    const errand = await bookingErrand(tx, deps, each);
    if (errand) errands.push(errand);
  }
  const [first] = rows;
  const person = first && asOfficial(deps, first);
  if (person)
    for (const platform of gaveBack) errands.push({ platform, matter: { what: "official", person } });
  return errands;
};
