import type { RosterEntry, Sourced } from "../../../schema/adapter.ts";
import {
  type CentreId,
  earliest,
  type Instant,
  localDay,
  type PlatformName,
  type RegionId,
} from "../../../schema/primitives.ts";
import type { Centre } from "../../../schema/region.ts";
import { type EntryFault, usable } from "../../core/entry.ts";
import { evidence, reach } from "../../core/identity.ts";

/** A record of a platform's list that can be used: whom it tells of, and where they stand. */
export type Told = {
  entry: RosterEntry;
  birthDate: string;
  region: RegionId;
  /** When it changed there; now, where the source does not tell. */
  changedAt: Instant;
  seen: Omit<Sourced<RosterEntry>, "value">;
};

/** `told` is absent where the record cannot be used. The faults say which of its fields cannot. */
export type Read = { told?: Told; faults: EntryFault[] };

/**
 * The last day of a year that is all one knows: nobody is called too young, or ahead of someone known to be older.
 */
const birthDateOf = (entry: RosterEntry): string | undefined =>
  entry.birthDate && entry.birthYearOnly ? `${entry.birthDate.slice(0, 4)}-12-31` : entry.birthDate;

/** Reads one record, given the centres that are known here: its region is that of the first. */
export const readRecord = (
  { value, ...seen }: Sourced<RosterEntry>,
  { centres, at }: { centres: ReadonlyMap<CentreId, Centre>; at: Instant },
): Read => {
  const { entry: told, faults } = usable(value, localDay(at));
  const known = [...new Set(told.centres)].flatMap((id) => centres.get(id) ?? []);
  const region = known[0]?.region;
  if (!region) return { faults: [...faults, "centres"] };
  const entry = { ...told, centres: known.map(({ id }) => id) };
  const birthDate = birthDateOf(entry);
  if (birthDate === undefined) return { faults };
  return { told: { entry, birthDate, region, changedAt: earliest(seen.changedAt ?? at, at), seen }, faults };
};

/**
 * What identifies the person of a record: the same as for any registration. A record with neither number nor contact
 * could be any of several namesakes, so there the platform's own name for the person is added.
 */
export const wordsOf = ({ entry, birthDate }: Told, platform: PlatformName): string => {
  const words = evidence({ ...entry, birthDate });
  const isTelling = entry.nationalNumber !== undefined || reach(entry.contact).length > 0;
  return isTelling ? words : wordsBeside(words, { platform, externalId: entry.externalId });
};

/** The words of somebody whom nothing but a platform's name for them tells from a namesake. */
export const wordsBeside = (
  words: string,
  { platform, externalId }: { platform: PlatformName; externalId?: string },
): string => `${words}|${platform} ${externalId}`;
