import { announce } from "../../gateway/flows/announce.ts";
import type { Deps } from "../../gateway/flows/deps.ts";
import { settle } from "../../gateway/flows/settle.ts";
import type { Database } from "../../gateway/store/db.ts";
import { CentreId, plusMinutes, RegionId } from "../../schema/primitives.ts";
import { afternoon, newVolunteers, seedFederation, testDeps } from "../support/gateway.ts";
import { register } from "../support/register.ts";

export const [brussels, wallonia] = ["brussels", "wallonia"].map((id) => RegionId.parse(id)) as [
  RegionId,
  RegionId,
];
export const [pacheco, charleroi] = ["pacheco", "charleroi"].map((id) => CentreId.parse(id)) as [
  CentreId,
  CentreId,
];

/** Two regions in which something stands in every table that holds a region, and one pair across both. */
export const fillTwoRegions = async (database: Database): Promise<Deps> => {
  const world = await testDeps();
  await world.close();
  const deps = { ...world.deps, db: database.orm };
  await seedFederation(deps);
  await database.sql`update policies set rules = rules || '{"standby": false}'`;
  const here = newVolunteers(4, { region: wallonia });
  const there = newVolunteers(4, {
    region: brussels,
    born: "1930-01-01",
    postcode: "1000",
    centres: [pacheco],
  });
  for (const someone of [...here, ...there]) await register(deps, someone, "volunteer");
  for (const centre of [charleroi, pacheco]) {
    const usableUntil = plusMinutes(afternoon, 240);
    const { id } = await announce(deps, { centre, vaccine: "pfizer", doses: 2, usableUntil }, "staff");
    await settle(deps, id);
  }
  const { sql } = database;
  await sql`
    insert into bookings (id, region, campaign, centre, surplus, state, at, promised_at)
    select gen_random_uuid(), region, campaign, centre, id, 'attended', announced_at, announced_at from surpluses`;
  await sql`
    insert into identities (platform, external_id, volunteer, checked_at, valid_at)
    select 'qvax', id::text, id, now(), now() from volunteers`;
  await sql`
    insert into renewals (id, campaign, person, volunteer, state, token_digest, try_at)
    select gen_random_uuid(), campaign, person, id, 'asked', decode(md5(id::text), 'hex'), now() from volunteers`;
  await sql`
    insert into pairs (id, campaign, one, other, regions, state, score, reasons, found_at)
    select gen_random_uuid(), o.campaign, o.id, t.id, array[o.region, t.region], 'open', 1, '{}', now()
    from volunteers o join volunteers t on o.id < t.id`;
  await sql`update pairs set regions = regions[1:1] where regions[1] = regions[2]`;
  await sql`
    insert into proofs (region, volunteer, what, known, by, at)
    select region, id, 'postcode', 'card', 'staff', now() from volunteers`;
  await sql`
    insert into card_checks (region, booking, outcome, objections, by, at)
    select region, id, 'confirmed', '{}', 'staff', now() from bookings`;
  await sql`
    insert into audit_links (region, number, line, hash)
    select region, row_number() over (partition by region order by id), id, '' from audit where region is not null`;
  await sql`
    insert into audit_checkpoints (region, number, hash, at, key, signature)
    select region, max(number), '', now(), 1, '' from audit_links group by region`;
  await sql`
    insert into binding_changes (id, region, centres, roles, from_at, ordered_by, ordered_at)
    select gen_random_uuid(), id, '{}', '[]', now(), 'agency', now() from regions`;
  await sql`
    insert into campaigns (id, origin, opened_at, regions)
    select 'boosters-' || r.id, c.id, now(), array[r.id] from regions r, campaigns c`;
  await sql`insert into consents (region, volunteer, purpose, text_version, language, given_at)
    select region, id, 'share', '2021-04', 'fr', now() from volunteers`;
  await sql`insert into contact_confirmations (region, volunteer, since)
    select region, id, now() from volunteers on conflict do nothing`;
  await sql`insert into message_counts (region, scope, key, from_at, count)
    select id, 'region', 'greeting', now(), 1 from regions`;
  await sql`
    insert into erasures (id, region, cause, asked_at) select gen_random_uuid(), id, 'asked', now() from regions`;
  await sql`insert into erasure_receipts (region, erasure, number, platform, what, state, at)
    select region, id, 1, 'qvax', 'list', 'waiting', now() from erasures`;
  await sql`
    with w as (insert into work (id, region, centre, platform, kind, state, ordered_by, ordered_at, total)
      select gen_random_uuid(), region, id, 'local-list', 'import', 'done', 'lead', now(), 1 from centres returning *)
    insert into work_parts (region, work, kind, number, rows_sealed) select region, id, 'refused', 2, '' from w`;
  await sql`
    with w as (
      insert into webhooks (id, owner, of_key, role, regions, address, types, secret_sealed, created_at, state, reached)
      select gen_random_uuid(), 'agency', true, 'agency', array[id], 'https://example.org', '{}', '', now(), 'enabled', '.0'
      from regions returning *)
    insert into webhook_deliveries (webhook, chain, number, event, state, due_at, touched_at)
    select id, regions[1], 1, 'everydose.policy.enacted', 'taken', now(), now() from w`;
  await sql`insert into day_reports (day, version, counted_at, rows, sums) values ('2021-04-16', 1, now(), 2, '{}')`;
  await sql`
    insert into day_report_cells (region, day, version, number, region_name, centre, vaccine, indicator, count)
    select region, '2021-04-16', 1, row_number() over (), region, centre, vaccine, 'announced', 2 from surpluses`;
  return deps;
};
