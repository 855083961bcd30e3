import type {
  CampaignId,
  ExternalId,
  Instant,
  PlatformName,
  VolunteerId,
} from "../../../schema/primitives.ts";
import type { Db } from "../../store/db.ts";
import { hexOf } from "../../store/digests.ts";
import * as platforms from "../../store/platforms.ts";
import * as volunteers from "../../store/volunteers.ts";
import type { Deps } from "../deps.ts";
import { type Told, wordsOf } from "./record.ts";

type Row = volunteers.VolunteerRow;

/** A usable record with all by which its person is found. */
export type Sought = Told & { campaign: CampaignId; digests: Uint8Array[] };

export const seek = (
  deps: Deps,
  told: Told,
  { campaign, platform }: { campaign: CampaignId; platform: PlatformName },
): Sought => ({ ...told, campaign, digests: deps.vault.digests("identity", wordsOf(told, platform)) });

/** A person of a campaign, as a word. */
export const keyOf = (campaign: CampaignId, digest: Uint8Array) => `${campaign} ${hexOf(digest)}`;

/** Since when a name is that of somebody on the list, and since when it is history. */
type Span = { begunAt: Instant | null; endedAt: Instant | null };

/** Those whom the records of a page may mean. What is found, added or named here is what the next record meets. */
const openIndex = (
  rows: readonly Row[],
  same: readonly Pick<Row, "id" | "campaign" | "identityDigest">[],
  names: Map<ExternalId, VolunteerId>,
  spans: ReadonlyMap<ExternalId, Span>,
) => {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const counts = (row: Row) => row.repeatOf === null && row.state !== "withdrawn";
  const byDigest = new Map(
    rows.filter(counts).map((row) => [keyOf(row.campaign, row.identityDigest), row.id]),
  );
  for (const { id, campaign, identityDigest } of same) {
    const row = byId.get(id);
    if (row && counts(row)) byDigest.set(keyOf(campaign, identityDigest), id);
  }
  const being = (campaign: CampaignId, digest: Uint8Array): Row | undefined =>
    byId.get(byDigest.get(keyOf(campaign, digest)) as VolunteerId);

  /** Whoever left and came back has a newer registration than that under which the platform first named them. */
  const named = (name: ExternalId | undefined): Row | undefined => {
    const first = byId.get((name && names.get(name)) as VolunteerId);
    if (first?.state !== "withdrawn") return first;
    return being(first.campaign, first.identityDigest) ?? first;
  };
  /** Whom a record identifies by what it says, whatever name the platform has for them. */
  const identified = ({ campaign, digests }: Sought): Row | undefined =>
    digests.flatMap((each) => being(campaign, each) ?? [])[0];
  return {
    named,
    identified,
    /** The registration of a record's person: by the platform's name for them, or else by who they are. */
    find: (sought: Sought): Row | undefined => named(sought.entry.externalId) ?? identified(sought),
    /** Whether a record speaks of a time in which the list was not the person's: the gateway moved them (F17). */
    isHistory: ({ entry: { externalId }, changedAt }: Sought): boolean => {
      const span = externalId && spans.get(externalId);
      return Boolean(span && (span.endedAt || (span.begunAt && changedAt < span.begunAt)));
    },
    put: (row: Row, digests: readonly Uint8Array[] = [row.identityDigest]) => {
      byId.set(row.id, row);
      if (counts(row)) for (const each of digests) byDigest.set(keyOf(row.campaign, each), row.id);
    },
    name: (name: ExternalId, row: Row) => void names.set(name, row.id),
  };
};
export type Known = ReturnType<typeof openIndex>;

/** Finds everybody whom these records, or these names of that platform's, may mean, and locks them in one order. */
export const whoIsKnown = async (
  tx: Db,
  platform: PlatformName,
  { sought, names = [] }: { sought: readonly Sought[]; names?: readonly ExternalId[] },
): Promise<Known> => {
  const asked = [...names, ...sought.flatMap(({ entry: { externalId } }) => externalId ?? [])];
  const named = asked.length > 0 ? await platforms.named(tx, platform, asked) : [];
  const left = named.filter(({ state }) => state === "withdrawn");
  const same = await volunteers.allByIdentity(tx, {
    campaigns: [...new Set([...sought, ...left].map(({ campaign }) => campaign))],
    digests: [
      ...sought.flatMap(({ digests }) => digests),
      ...left.map(({ identityDigest }) => identityDigest),
    ],
  });
  const ids = new Set([...named.map(({ volunteer }) => volunteer), ...same.map(({ id }) => id)]);
  const rows = await volunteers.lockAll(tx, [...ids]);
  return openIndex(
    rows,
    same,
    new Map(named.map(({ externalId, volunteer }) => [externalId, volunteer])),
    new Map(named.map(({ externalId, ...span }) => [externalId, span])),
  );
};
