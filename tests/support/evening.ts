import type { Sql } from "postgres";

/* Evenings that are over, as they stand in the database. */

export type Evening = {
  region: string;
  centre: string;
  at: string;
  used: number;
  lost: number;
  born?: string;
};

/** Each dose used by somebody who said yes, the first after one minute, each next one a minute later. */
export const pastEvening = async (
  sql: Sql,
  { region, centre, at, used, lost, born = "1950-01-15" }: Evening,
): Promise<void> => {
  const [made] = await sql<{ id: string }[]>`
    insert into surpluses (id, region, campaign, centre, vaccine, usable_until, announced_at, state)
    select gen_random_uuid(), ${region}, id, ${centre}, 'pfizer', ${at}::timestamptz + interval '4 hours', ${at}, 'closed'
    from campaigns limit 1 returning id`;
  const surplus = made?.id ?? "";
  await sql`
    with people as (
      insert into volunteers (id, person, region, campaign, state, identity_digest, person_sealed, contact_sealed,
        contact_digests, birth_date, centres, availability, vaccines, conditions, language, consent_text, consent_at,
        registered_at, updated_at)
      select gen_random_uuid(), gen_random_uuid(), ${region}, c.id, 'closed', uuid_send(gen_random_uuid()), '', '', '{}',
        ${born}::date, '{}', '{}', '{}', '{}', 'fr', '2021-04', ${at}, ${at}, ${at}
      from generate_series(1, ${used}::int), campaigns c returning id),
    yes as (
      insert into invitations (id, region, campaign, centre, surplus, volunteer, state, kind, rank, chance, reason,
        window_minutes, decided_at, leave_by, known_by, yes_at, ended_at)
      select gen_random_uuid(), ${region}, c.id, ${centre}, ${surplus}::uuid, p.id, 'accepted', 'hold', '', 1, '{}', 30,
        ${at}, ${at}, ${at}, ${at}::timestamptz + row_number() over () * interval '1 minute', ${at}
      from people p, campaigns c returning volunteer),
    booked as (
      insert into bookings (id, region, campaign, centre, surplus, volunteer, state, at, promised_at)
      select gen_random_uuid(), ${region}, c.id, ${centre}, ${surplus}::uuid, p.id, 'attended', ${at}, ${at}
      from people p, campaigns c returning id)
    insert into doses (surplus, number, state, booking)
    select ${surplus}::uuid, row_number() over (), 'used', id from booked`;
  await sql`
    insert into doses (surplus, number, state)
    select ${surplus}::uuid, 100000 + n, 'lost' from generate_series(1, ${lost}::int) n`;
};
