import { afterAll, beforeAll, expect, test } from "vitest";
import { announce } from "../../gateway/flows/announce.ts";
import { answer } from "../../gateway/flows/answer.ts";
import { openIntake } from "../../gateway/flows/intake/gather.ts";
import { settle } from "../../gateway/flows/settle.ts";
import { CentreId, plusMinutes, RegionId } from "../../schema/primitives.ts";
import { deliver, scene } from "../flows/scene.ts";
import { newVolunteer, type TestDeps } from "../support/gateway.ts";

/* What docs/scale.md promises of the tables: they can be divided by region, and no decision that many wait for would
 * need two of the parts. */

/** Tables without a region, and why they need none or what the day needs on which tables are divided. */
const withoutRegion: Record<string, string> = {
  migrations: "of the whole database",
  consent_texts: "of the whole federation: a version and its words",
  directory: "of the whole database: one number",
  beginnings: "of the whole database",
  twin_identities: "there for as long as a rotation of keys lasts, and then by campaign and digest",
  identity_words: "found by the digest of a person, in whichever region",
  data_keys: "of the whole database; few rows, copied to each part",
  replicas: "of the whole database",
  audit_reach: "of the whole database: how far the audit is linked",
  campaigns: "go over all regions; few rows, copied to each part",
  regions: "its id is the region; few rows, copied to each part",
  keys: "may reach several regions; few rows, copied to each part",
  platform_health: "of a platform, which may serve several regions",
  platform_hours: "of a platform",
  platform_turns: "of a platform",
  drifts: "of a platform",
  readings: "of a platform",
  reconciliations: "of a platform",
  feeds: "of a platform",
  deliveries: "of a platform",
  officials: "of a person on a platform of official invitations, whatever their region",
  identities: "of a platform's list; read and written by its readings, not by whoever registers",
  former_identities: "found by the digest of a person, in whichever region",
  blocks: "compares people over all regions, in the background",
  pairs: "of two registrations, perhaps of two regions: it has both",
  told: "found by the person written to; divided by that id",
  tokens: "found by its digest alone: a token must name its region before they can be divided",
  wrong_tries: "found by a digest, before a region is known; divided by it",
  requests: "found by caller and key, before a region is known; divided by key",
  outbox: "claimed over all regions by due time; each part gets one of its own",
  tallies: "of a centre, which has a region; few rows",
  webhooks: "may be told of several regions; few rows, copied to each part",
  webhook_deliveries: "of a webhook, with which it lies; each part would get a list of its own",
  week_figures: "of the whole federation: a row a week",
  day_reports: "of the whole federation: a row for each version of a day",
  releases: "of the whole federation: some rows a week",
  release_files: "of the whole federation: some rows a week",
  release_parts: "of the whole federation: files of some kilobytes a week",
};

/** Unique indexes of tables with a region that do not hold it. */
const acrossRegions: Record<string, string> = {
  centres_pkey: "a centre's id is unique in the federation; few rows",
  bindings_pkey: "a random id; few rows",
  binding_changes_pkey: "a random id; few rows",
  volunteers_pkey: "a random id: (region, id) on the day",
  surpluses_pkey: "a random id: (region, id) on the day",
  invitations_pkey: "a random id: (region, id) on the day",
  erasures_pkey: "a random id: (region, id) on the day",
  work_pkey: "a random id: (region, id) on the day",
  erasures_token_digest_key: "found by its digest alone, as tokens are; few rows",
  bookings_pkey: "a random id: (region, id) on the day",
  reveals_pkey: "a random id: (region, id) on the day",
  proofs_pkey: "within a registration, which lies in one region: with it on the day",
  card_checks_pkey: "of a booking, which lies in one region: (region, booking) on the day",
  bookings_invitation_key: "a random id: (region, invitation) on the day",
  doses_pkey: "a surplus lies in one region: (region, surplus, number) on the day",
  doses_invitation_key: "a random id: (region, invitation) on the day",
  doses_booking_key: "a random id: (region, booking) on the day",
  audit_pkey: "a number counted up: (region, id) on the day",
  audit_links_line_key: "a line is numbered in the whole database: (region, line) on the day",
  one_question_per_surplus: "a surplus lies in one region: (region, surplus, volunteer) on the day",
  one_invitation_per_person: "within a registration, which lies in one region: with it on the day",
  one_booking_per_person: "within a registration, which lies in one region: with it on the day",
  renewals_pkey: "a random id: (region, id) on the day",
  renewals_token_digest_key: "a token must name its region before they can be divided",
  renewals_campaign_person_key: "a person is asked once over all regions, in the background",
  one_registration_per_person:
    "a person has one registration in the federation: a table of its own by digest on the day",
  one_question_per_person: "a person is asked once over all regions: a table of its own by person on the day",
  one_promise_per_person:
    "a person is promised once over all regions: a table of its own by person on the day",
};

const doors = [
  { region: "brussels", centre: "pacheco", postcode: "1000" },
  { region: "wallonia", centre: "charleroi", postcode: "6000" },
] as const;

let world: TestDeps;
beforeAll(async () => {
  world = await scene();
});
afterAll(() => world.close());

test("every table carries its region, or a reason why not is written here", async () => {
  const tables = await world.database.sql<{ name: string; region: boolean }[]>`
    select c.relname as name, exists (
      select from pg_attribute a where a.attrelid = c.oid and a.attname = 'region' and not a.attisdropped) as region
    from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`;
  const without = tables.filter(({ region }) => !region).map(({ name }) => name);
  expect(new Set(without)).toEqual(new Set(Object.keys(withoutRegion)));
});

test("every unique index of those tables holds the region, or a reason why not is written here", async () => {
  const found = await world.database.sql<{ name: string }[]>`
    select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
    join pg_attribute r on r.attrelid = c.oid and r.attname = 'region' and not r.attisdropped
    where i.indisunique and c.relnamespace = 'public'::regnamespace and not r.attnum = any(i.indkey)`;
  expect(new Set(found.map(({ name }) => name))).toEqual(new Set(Object.keys(acrossRegions)));
});

/** From here on each row that is written is noted, with its transaction and the region to which it belongs. */
const watchRows = async () => {
  const { sql } = world.database;
  await sql.unsafe(`
    create table touched (transaction bigint, relation text, region text);
    create function touch() returns trigger language plpgsql as $$
    declare written jsonb := coalesce(to_jsonb(new), to_jsonb(old));
    begin
      insert into touched values (txid_current(), tg_table_name, coalesce(
        written->>'region',
        (select region from volunteers where id = (written->>'volunteer')::uuid),
        (select region from surpluses where id = (written->'effect'->>'surplus')::uuid),
        (select region from centres where id = written->>'centre'),
        (select region from volunteers where id = (written->'effect'->>'volunteer')::uuid)));
      return null;
    end $$;`);
  const tables = await sql<{ name: string }[]>`
    select relname as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'touched'`;
  for (const { name } of tables)
    await sql.unsafe(
      `create trigger touch after insert or update or delete on ${name} for each row execute function touch()`,
    );
};

test("registering, announcing and answering each write the rows of one region, also when regions come together", async () => {
  const { deps, clock, database } = world;
  await watchRows();
  const intake = openIntake(deps);
  const people = doors.flatMap(({ region, centre, postcode }, nth) =>
    Array.from({ length: 6 }, (_, day) => {
      const born = `19${40 + nth}-03-1${day}`;
      const centres = region === "brussels" ? [CentreId.parse(centre)] : [];
      return newVolunteer({ born, region: RegionId.parse(region), postcode, centres });
    }),
  );
  const registered = await intake.registerAll(people.map((input) => ({ input, actor: "volunteer" })));
  expect(registered.filter((each) => "error" in each)).toEqual([]);
  for (const { centre } of doors) {
    const usableUntil = plusMinutes(clock.now(), 240);
    const input = { centre: CentreId.parse(centre), vaccine: "pfizer" as const, doses: 2, usableUntil };
    const { id } = await announce(deps, input, "staff");
    await settle(deps, id);
    const [first, second] = await deliver(world, id);
    await answer(deps, first?.token ?? "", "yes");
    await answer(deps, second?.token ?? "", "no");
  }
  const written = await database.sql<{ relations: string[]; regions: string[] }[]>`
    select array_agg(distinct relation) as relations, array_agg(distinct region) filter (where region is not null) as regions
    from touched group by transaction`;
  const seen = new Set(written.flatMap(({ relations }) => relations));
  for (const relation of [
    "volunteers",
    "tokens",
    "queue",
    "surpluses",
    "doses",
    "invitations",
    "bookings",
    "outbox",
  ])
    expect(seen).toContain(relation);
  expect(new Set(written.flatMap(({ regions }) => regions ?? []))).toEqual(new Set(["brussels", "wallonia"]));
  expect(written.filter(({ regions }) => (regions ?? []).length > 1)).toEqual([]);
});
