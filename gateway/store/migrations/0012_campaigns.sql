-- A later campaign begins with the people of an earlier one, with their consent and under a policy of its own (F18).

alter table campaigns
  -- Whose people are asked; null for a campaign of the operator's files.
  add column origin text references campaigns,
  add column name jsonb,
  add column regions text[] not null default '{}',
  add column starts_at timestamptz,
  add column ordered_by text,
  add column ended text check (ended in ('taken-back', 'undone')),
  add column ended_by text,
  add column ended_at timestamptz,
  -- How far the people have been asked; null for a campaign of the operator's files.
  add column ask_state text check (ask_state in ('waiting', 'running', 'done', 'halted')),
  add column ask_cursor uuid,
  add column total integer not null default 0,
  add column seen integer not null default 0;

-- A region may have a policy for each campaign.
alter table policies add column campaign text references campaigns;
update policies set campaign = coalesce(rules->>'campaign', (select id from campaigns order by opened_at limit 1));
alter table policies alter column campaign set not null;

alter table queue add column campaign text references campaigns;
update queue set campaign = volunteers.campaign from volunteers where volunteers.id = queue.volunteer;
alter table queue
  alter column campaign set not null,
  drop constraint queue_pkey,
  add primary key (campaign, centre, birth_date, volunteer);

-- One person has a registration in each campaign, and is asked and promised once over all of them. Whose it is follows
-- from what identifies them, whoever writes the row.
alter table volunteers add column person uuid;
update volunteers set person = coalesce(repeat_of, id);
alter table volunteers alter column person set not null;
create index volunteers_by_person on volunteers (person);
create index volunteers_by_digest on volunteers (identity_digest);
create function person_of_registration() returns trigger language plpgsql as $$
begin
  new.person := coalesce(
    (select person from volunteers where id = new.repeat_of),
    (select person from volunteers where identity_digest = new.identity_digest order by registered_at desc limit 1),
    new.id);
  return new;
end $$;
create trigger person_of_registration before insert on volunteers
  for each row execute function person_of_registration();

alter table invitations add column person uuid;
alter table bookings add column person uuid;
update invitations set person = volunteers.person from volunteers where volunteers.id = invitations.volunteer;
update bookings set person = volunteers.person from volunteers where volunteers.id = bookings.volunteer;
create function person_of_volunteer() returns trigger language plpgsql as $$
begin
  new.person := (select person from volunteers where id = new.volunteer);
  return new;
end $$;
create trigger person_of_invitation before insert on invitations
  for each row execute function person_of_volunteer();
create trigger person_of_booking before insert on bookings
  for each row execute function person_of_volunteer();
create unique index one_question_per_person on invitations (person) where state in ('decided', 'open', 'ready');
create unique index one_promise_per_person on bookings (person) where state in ('promised', 'booked');

-- Who was asked whether they come along. Each person once in a campaign, whatever crashes.
create table renewals (
  id uuid primary key,
  campaign text not null references campaigns,
  person uuid not null,
  -- The registration of the earlier campaign, from which all is carried over.
  volunteer uuid not null references volunteers on delete cascade,
  state text not null check (state in ('asked', 'yes', 'no', 'unreachable', 'over')),
  token_digest bytea not null unique,
  -- A worker writes to them until then; at the earliest from then on again.
  try_at timestamptz not null,
  tries integer not null default 0,
  sent_at timestamptz,
  answered_at timestamptz,
  registration uuid references volunteers on delete set null,
  unique (campaign, person)
);
create index renewals_to_send on renewals (campaign, try_at, id) where sent_at is null and state = 'asked';
create index renewals_by_volunteer on renewals (volunteer);
create index renewals_by_registration on renewals (registration) where registration is not null;
