import type postgres from "postgres";
import type { CampaignId, CentreId } from "../../../schema/primitives.ts";
import { weekdays } from "../../../schema/volunteer.ts";

/*
 * People made inside the database, so that ten million are there in minutes: each of one centre, the births in no order.
 * Seven in ten can always come; the others in the evenings, at weekends, in the mornings or in some single part of the
 * week. Of each list the eldest third can only come on Sundays, so that on any other day everybody at its head cannot.
 */

export const campaign = "bench" as CampaignId;
export const centreOf = (nth: number) => `centre-${String(nth).padStart(3, "0")}` as CentreId;

type Fill = { people: number; centres: number };

const sealed = "decode(repeat(md5(i::text), 6), 'hex')";
const week = (days: Record<string, string[]>) =>
  `'${JSON.stringify({ week: days, repeats: true, exceptions: [] })}'::jsonb`;
const each = (days: readonly string[], parts: string[]) =>
  week(Object.fromEntries(days.map((day) => [day, parts])));
const always = each(weekdays, ["morning", "afternoon", "evening"]);
const onePart = `jsonb_build_object('week', jsonb_build_object(
    (array['${weekdays.join("','")}'])[1 + i / 10 % 7], jsonb_build_array((array['morning','afternoon','evening'])[1 + i / 70 % 3])),
  'repeats', true, 'exceptions', '[]'::jsonb)`;

/** Every eighth takes only two of the vaccines, every ninth has a condition. */
const insertPeople = ({ people, centres }: Fill) => `
  insert into volunteers (id, region, campaign, state, identity_digest, person_sealed, contact_sealed, contact_digests,
    birth_date, centres, availability, vaccines, conditions, language, consent_text, consent_at, registered_at,
    updated_at, person, compared)
  select id, 'bench', 'bench', 'active', decode(md5(i::text), 'hex'), ${sealed}, ${sealed}, '{}', birth,
    array['centre-' || lpad((i % ${centres})::text, 3, '0')],
    case when birth < '1955-01-01' then ${each(["sunday"], ["morning", "afternoon", "evening"])}
      else case i / ${centres} % 10 when 6 then ${each(weekdays.slice(0, 5), ["evening"])}
        when 7 then ${each(weekdays.slice(5), ["morning", "afternoon"])}
        when 8 then ${each(weekdays, ["morning"])} when 9 then ${onePart} else ${always} end end,
    case when i / ${centres} % 8 = 0 then array['pfizer', 'moderna'] else array['pfizer', 'moderna', 'astrazeneca', 'janssen'] end,
    case when i / ${centres} % 9 = 0 then array['at-risk'] else '{}'::text[] end,
    'fr', '1', now(), now(), now(), id, true
  from (select i, md5('person' || i)::uuid as id,
    date '1930-01-01' + (hashint4(i)::bigint + 2147483648) % 27000 * interval '1 day' as birth
    from generate_series(0, ${people - 1}) i) made`;

/**
 * Fills an empty, migrated database. Triggers and foreign keys rest meanwhile, and indexes are made afterwards: of the
 * table of people those alone that selection reads. `order`: how the rows of the queue lie, in the order of calling as
 * the migration leaves them, or as people came.
 */
export const fill = (
  sql: postgres.Sql,
  { people, centres, order }: Fill & { order: "calling" | "arrival" },
): Promise<unknown> =>
  sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`set local maintenance_work_mem = '512MB'`;
    await tx`set local synchronous_commit = off`;
    await tx`set local jit = off`;
    await tx`insert into campaigns (id, opened_at) values ('bench', now())`;
    await tx`insert into regions (id, document) values ('bench', '{}')`;
    for (let nth = 0; nth < centres; nth += 1)
      await tx`insert into centres (id, region, document) values (${centreOf(nth)}, 'bench', '{}')`;
    await tx`drop index one_registration_per_person, volunteers_by_contact, volunteers_by_digest, volunteers_by_person`;
    await tx`alter table volunteers drop constraint volunteers_pkey cascade`;
    const indexes = await tx<{ name: string; made: string }[]>`
      select indexname as name, indexdef as made from pg_indexes where tablename = 'queue' and indexname <> 'queue_pkey'`;
    for (const { name } of indexes) await tx`drop index ${tx(name)}`;
    await tx`alter table queue drop constraint queue_pkey`;
    await tx.unsafe(insertPeople({ people, centres }));
    await tx.unsafe(`insert into queue select *, null from places
      ${order === "calling" ? "order by centre, birth_date, volunteer" : ""}`);
    await tx`alter table volunteers add primary key (id)`;
    await tx`create index volunteers_by_person on volunteers (person)`;
    await tx`alter table queue add primary key (volunteer, centre, region)`;
    for (const { made } of indexes) await tx.unsafe(made);
  });

/** As autovacuum leaves it some minutes later: what every page holds is known to be there for everybody. */
export const tidy = async (sql: postgres.Sql): Promise<void> => {
  await sql`vacuum analyze queue`;
  await sql`analyze volunteers`;
};
