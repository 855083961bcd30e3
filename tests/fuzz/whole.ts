import type { Sql } from "postgres";
import { verifyAudit } from "../../gateway/flows/audit/verify.ts";
import { retrace } from "../../gateway/flows/retrace.ts";
import type { SurplusId } from "../../schema/primitives.ts";
import type { Scene } from "../http/scene.ts";

/* Whether nothing is half written. */

/** What must be empty, each with the rows that break it. */
const broken = (sql: Sql): Record<string, PromiseLike<readonly object[]>> => ({
  "a surplus without doses": sql`
    select id from surpluses s where not exists (select from doses where surplus = s.id)`,
  "a held dose whose invitation is not waiting for an answer": sql`
    select d.surplus, i.state from doses d join invitations i on i.id = d.invitation
    where d.state = 'held' and i.state not in ('decided', 'open', 'ready')`,
  "a promised dose without a live booking": sql`
    select d.surplus, b.state from doses d left join bookings b on b.id = d.booking
    where d.state = 'promised' and (b.id is null or b.state not in ('promised', 'booked'))`,
  "a live booking without its dose": sql`
    select b.id from bookings b where b.state in ('promised', 'booked')
      and not exists (select from doses where booking = b.id and state = 'promised')`,
  "somebody in the queue who may not be called": sql`
    select q.volunteer, v.state from queue q join volunteers v on v.id = q.volunteer
    where v.state <> 'active' or v.repeat_of is not null`,
  "a registration without a line in the audit": sql`
    select id from volunteers v where not exists (select from audit where subject = v.id)`,
  "a token of an invitation that there is not": sql`
    select t.invitation from tokens t
    where t.invitation is not null and not exists (select from invitations where id = t.invitation)`,
  "a request that is still running": sql`select caller, key from requests where status is null`,
});

/** All that is wrong with the database, in words; nothing where it is whole. */
export const faultsIn = async ({ deps, database: { sql } }: Scene): Promise<string[]> => {
  const faults: string[] = [];
  for (const [what, rows] of Object.entries(broken(sql)))
    for (const row of await rows) faults.push(`${what}: ${JSON.stringify(row)}`);
  for (const { id } of await sql<
    { id: SurplusId }[]
  >`select id from surpluses order by announced_at limit 20`)
    if (!(await retrace(deps, id)).agrees) faults.push(`a surplus whose steps do not add up: ${id}`);
  const { findings } = await verifyAudit(deps);
  return [...faults, ...findings.map((each) => `the audit: ${JSON.stringify(each)}`)];
};

/** Tables in which a refused request may leave a trace, and why. */
const mayStay: Record<string, string> = {
  requests: "the key of an attempt is entered before it is known to fail, and given back",
};

/** Where somebody guesses, that is kept, or they could go on for ever. */
export const staysAt: Record<string, string[]> = { "/v1/volunteer/session": ["wrong_tries", "audit"] };

/** Counts each row that is written for good, by its table: what is rolled back is not counted. */
export const watchWrites = async ({ database: { sql } }: Scene) => {
  await sql`create table fuzz_written (name text not null, id bigint generated always as identity)`;
  await sql.unsafe(`
    create function fuzz_note() returns trigger language plpgsql security definer as
      $$ begin insert into public.fuzz_written (name) values (tg_table_name); return null; end $$`);
  const tables = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and c.relname <> 'fuzz_written'`;
  for (const { name } of tables)
    await sql`create trigger fuzz_noted after insert or update or delete on ${sql(name)}
      for each row execute function fuzz_note()`;
  const watched = tables.map(({ name }) => name).filter((name) => !(name in mayStay));
  let last = "0";
  return async (): Promise<string[]> => {
    const rows = await sql<{ name: string; id: string }[]>`
      select name, id from fuzz_written where id > ${last} order by id`;
    last = rows.at(-1)?.id ?? last;
    return [...new Set(rows.map(({ name }) => name))].filter((name) => watched.includes(name));
  };
};
