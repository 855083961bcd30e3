import { and, sql } from "drizzle-orm";
import { type CampaignId, type Instant, instant, type VolunteerId } from "../../schema/primitives.ts";
import type { Effect } from "../../schema/surplus.ts";
import * as audit from "./audit.ts";
import type { Helper } from "./budgets.ts";
import type { Db } from "./db.ts";
import { type ByDigest, byDigest } from "./digests.ts";
import * as directory from "./directory.ts";
import { arrayOf, columnsOf, rowsOf } from "./many.ts";
import * as officials from "./officials.ts";
import * as outbox from "./outbox.ts";
import * as queue from "./queue.ts";
import * as requests from "./requests.ts";
import { formerIdentities, volunteers } from "./tables/people.ts";
import { requests as requestTable } from "./tables/work.ts";
import * as tokens from "./tokens.ts";
import * as volunteerStore from "./volunteers.ts";

/*
 * Registrations that come together, in two statements: one that looks up all that bears on any of them, and one that
 * writes all that follows from all of them, whole or not at all. Both read the same for one and for five hundred.
 */

type Ending = Pick<officials.OfficialRow, "state" | "at">;
export type Known = {
  /** Of the directory, as it was looked up. */
  version: number;
  /** The registrations that count for somebody, in any campaign. */
  people: ByDigest<{ id: VolunteerId; campaign: CampaignId }>;
  /** What is known of somebody's official invitations that ends a list life. */
  endings: ByDigest<Ending>;
  /** What was asked under these keys, by `requests.nameOf`. */
  requests: Map<string, requests.RequestRow>;
};

/** As JSON has bytes: "\x6162". */
const bytesIn = (text: string): Buffer => Buffer.from(text.slice(2), "hex");

type Found = {
  version: number;
  people: { id: VolunteerId; campaign: CampaignId; digest: string }[];
  endings: { digests: string[]; state: Ending["state"]; at: string }[];
  requests: (Omit<requests.RequestRow, "fingerprint" | "replySealed" | "startedAt"> & {
    fingerprint: string;
    reply_sealed: string | null;
    started_at: string;
  })[];
};

const knownOf = ({ version, people, endings, requests: asked }: Found): Known => ({
  version,
  people: byDigest(people, ({ digest }) => [bytesIn(digest)]),
  endings: byDigest(
    endings.map((each) => ({ ...each, at: instant(new Date(each.at)) })),
    ({ digests }) => digests.map(bytesIn),
  ),
  requests: new Map(
    asked.map(({ fingerprint, reply_sealed, started_at, ...row }) => [
      requests.nameOf(row),
      {
        ...row,
        fingerprint: bytesIn(fingerprint),
        replySealed: reply_sealed === null ? null : bytesIn(reply_sealed),
        startedAt: instant(new Date(started_at)),
      },
    ]),
  ),
});

const requestName = columnsOf(requestTable, ["caller", "key"]);

/**
 * Of one digest there are a handful of rows. It is said so that each is looked up by its index, from the first day on:
 * the server plans a statement once, and where it did so over empty tables it would read them through for ever after.
 * For the same reason this does not ask the view `known_identities`, which says the same.
 */
const few = sql.raw("1000");

/** What is known of whoever has these digests, and of what was asked under these keys. */
export const look = async (
  db: Db,
  { digests, names }: { digests: readonly Uint8Array[]; names: readonly requests.Name[] },
): Promise<Known> => {
  const [found] = await db.execute<Found>(sql`select ${directory.version} as version,
    (select coalesce(json_agg(p), '[]') from (
      select distinct counting.id, named.campaign, named.digest
      from unnest(${arrayOf(digests, "bytea")}) as told (digest)
      cross join lateral (
        (select v.campaign, v.identity_digest as digest, coalesce(v.repeat_of, v.id) as volunteer
          from ${volunteers} v where v.identity_digest = told.digest limit ${few})
        union all (select f.campaign, f.digest,
          (select coalesce(v.repeat_of, v.id) from ${volunteers} v where v.id = f.volunteer)
          from ${formerIdentities} f where f.digest = told.digest limit ${few})) named
      cross join lateral (select ${volunteers.id} from ${volunteers}
        where ${and(sql`${volunteers.id} = named.volunteer`, volunteerStore.counts)} limit 1) counting) p) as people,
    (select coalesce(json_agg(o), '[]') from (${officials.endings(digests)}) o) as endings,
    (select coalesce(json_agg(r), '[]') from ${rowsOf(requestName, names)} told
      cross join lateral (select ${requestTable}.* from ${requestTable}
        where ${and(sql`${requestTable.caller} = told.caller`, sql`${requestTable.key} = told.key`)} limit 1) r) as requests`);
  if (!found) throw new Error("a statement without a from answers with one row");
  return knownOf(found);
};

/** One registration, and all that follows from it. */
export type Entry = {
  row: volunteerStore.VolunteerRow;
  token: Uint8Array;
  orders: { effect: Effect; lane: string }[];
  event: string;
  actor: string;
  request?: Parameters<typeof requests.concluding>[0][number];
  /** Who stands for them, where not everybody may stand for so many. */
  helper?: Helper;
  /** Whether nobody can have asked them anywhere: then they wait in the queue from now on. */
  joins: boolean;
};

/**
 * Writes all of it or, where the database refuses one value or somebody else was first with a person or a key,
 * nothing; see `isRefusedValue`.
 */
export const write = async (db: Db, entries: readonly Entry[], at: Instant): Promise<void> => {
  const opened = entries.map(({ row, token }) => ({
    digest: token,
    purpose: "manage" as const,
    volunteer: row.id,
    issuedAt: at,
  }));
  const lines = entries.map(({ row, actor, event }) => ({
    at,
    region: row.region,
    actor,
    event,
    subject: row.id,
  }));
  const elsewhere = entries.filter(({ joins }) => !joins).map(({ row }) => row.id);
  await db.execute(sql`with
    asked as (${requests.concluding(entries.flatMap(({ request }) => request ?? []))}),
    people as (${volunteerStore.adding(entries.map(({ row }) => row))} returning volunteers as v),
    places as (${queue.joining(sql`people`, sql`(v).id <> all(${arrayOf(elsewhere, "uuid")})`)}),
    opened as (${tokens.issuing(opened)}),
    ordered as (${outbox.ordering(
      entries.flatMap(({ orders }) => orders),
      at,
    )})
    ${audit.noting(lines)}`);
};
