import { type SQL, sql } from "drizzle-orm";
import { type Instant, instant, type RegionId, type VolunteerId } from "../../schema/primitives.ts";
import type { Retention } from "../../schema/region.ts";
import type { RetentionKind } from "../../schema/retention.ts";
import { acrossRegions, type Db } from "./db.ts";
import { work } from "./tables/lists.ts";
import { tokens, told, volunteers } from "./tables/people.ts";
import { erasureReceipts, erasures, tombstones } from "./tables/rights.ts";

/* Whose term is over in a region, by kind: the same question counts them and finds the next. */

type Asked = { region: RegionId; terms: Retention };

const after = (at: SQL, days: number): SQL => sql`${at} + make_interval(days => ${days}::int)`;

const people = ({ region }: Asked, which: SQL, days: number): SQL => sql`
  select v.id::text as key, ${after(sql`v.updated_at`, days)} as due from ${volunteers} v
  where v.region = ${region} and v.erasure is null and ${which}`;

/** Each as rows of `key` and `due`; nothing where the region has no such term. */
const dueOf: Record<RetentionKind, (asked: Asked) => SQL | undefined> = {
  left: (asked) => people(asked, sql`v.state = 'withdrawn'`, asked.terms.leftDays),
  closed: (asked) => people(asked, sql`v.state = 'closed' and v.repeat_of is null`, asked.terms.closedDays),
  listed: (asked) =>
    asked.terms.listedDays === undefined
      ? undefined
      : people(asked, sql`v.state in ('active', 'paused') and v.repeat_of is null`, asked.terms.listedDays),
  dose: ({ region }) => sql`
    select e.id::text as key, e.kept_until::timestamptz as due from ${erasures} e
    where e.region = ${region} and e.kept_until is not null`,
  account: ({ region, terms }) => sql`
    select e.id::text as key, ${after(sql`e.done_at`, terms.receiptDays)} as due from ${erasures} e
    where e.region = ${region} and e.done_at is not null and e.kept_until is null and (e.token_digest is not null
      or exists (select from ${erasureReceipts} r where r.erasure = e.id))`,
  bar: ({ region }) => sql`
    select encode(t.digest, 'hex') as key, t.until_at as due from ${tombstones} t where t.region = ${region}`,
  token: ({ region, terms }) => sql`
    select encode(t.digest, 'hex') as key,
      ${after(sql`least(t.expires_at, t.revoked_at)`, terms.tokenDays)} as due
    from ${tokens} t join ${volunteers} v on v.id = t.volunteer
    where v.region = ${region} and least(t.expires_at, t.revoked_at) is not null`,
  address: ({ region, terms }) => sql`
    select t.person || ' ' || t.about || ' ' || encode(t.address, 'hex') as key,
      ${after(sql`t.at`, terms.addressDays)} as due
    from ${told} t join ${volunteers} v on v.id = t.person where v.region = ${region}`,
  file: ({ region }) => sql`
    select w.id::text as key, w.kept_until as due from ${work} w
    where w.region = ${region} and w.kept_until is not null`,
};

/** Kept in tables that no caller is shown: of them a caller learns how many, and of the region asked for alone. */
const unseen: readonly RetentionKind[] = ["bar", "token", "address"];

/** How many are due by then, and since when the first is. */
export const count = async (
  db: Db,
  { kind, until, ...asked }: Asked & { kind: RetentionKind; until: Instant },
): Promise<{ count: number; earliest?: Instant }> => {
  const due = dueOf[kind](asked);
  if (!due) return { count: 0 };
  const counted = (from: Db) =>
    from.execute<{ count: number; earliest: string | null }>(sql`
      select count(*)::int as count, min(due) as earliest from (${due}) d where due <= ${until}::timestamptz`);
  const [row] = await (unseen.includes(kind) ? acrossRegions(db, counted) : counted(db));
  const { count: found = 0, earliest } = row ?? {};
  return { count: found, ...(earliest ? { earliest: instant(new Date(earliest)) } : {}) };
};

/** The next who are due, whose term was over first. */
export const next = async (
  db: Db,
  { kind, now, limit, ...asked }: Asked & { kind: RetentionKind; now: Instant; limit: number },
): Promise<string[]> => {
  const due = dueOf[kind](asked);
  if (!due) return [];
  const rows = await db.execute<{ key: string }>(sql`
    select key from (${due}) d where due <= ${now}::timestamptz order by due, key limit ${limit}`);
  return rows.map(({ key }) => key);
};

/** A registration that is still due, locked, and nobody else's at this moment. */
export const lockDue = async (
  db: Db,
  { kind, now, key, ...asked }: Asked & { kind: RetentionKind; now: Instant; key: string },
): Promise<VolunteerId | undefined> => {
  const due = dueOf[kind](asked);
  if (!due) return undefined;
  const rows = await db.execute<{ id: VolunteerId }>(sql`
    select v.id from ${volunteers} v where v.id = ${key}::uuid
      and exists (select from (${due}) d where d.key = ${key} and due <= ${now}::timestamptz)
    for no key update skip locked`);
  return rows[0]?.id;
};

/** Takes out rows that stand for themselves. */
export const drop = async (
  db: Db,
  { kind, now, limit, ...asked }: Asked & { kind: "bar" | "token" | "address"; now: Instant; limit: number },
): Promise<number> => {
  const due = dueOf[kind](asked);
  const table = { bar: tombstones, token: tokens, address: told }[kind];
  const key = {
    bar: sql`encode(digest, 'hex')`,
    token: sql`encode(digest, 'hex')`,
    address: sql`person || ' ' || about || ' ' || encode(address, 'hex')`,
  }[kind];
  const rows = await db.execute(sql`
    delete from ${table} where ${key} in (
      select key from (${due}) d where due <= ${now}::timestamptz order by due limit ${limit}) returning 1 as one`);
  return rows.length;
};

/** Of an erasure stays that there was one. */
export const dropAccount = async (db: Db, id: string): Promise<void> => {
  await db.execute(sql`delete from ${erasureReceipts} where erasure = ${id}::uuid`);
  await db.execute(sql`update ${erasures} set token_digest = null where id = ${id}::uuid`);
};
