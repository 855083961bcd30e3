-- More people are asked than there are doses: a dose is held for some, the others stand by.

alter table invitations
  add column kind text not null default 'hold' check (kind in ('hold', 'standby')),
  -- The place in the authority's order, as text that sorts.
  add column rank text,
  -- How likely a yes was thought, when the person was asked.
  add column chance double precision not null default 0.15,
  -- When answers stop counting for these doses.
  add column known_by timestamptz,
  add column yes_at timestamptz;
update invitations set
  rank = to_char((reason->>'place')::int, 'FM000000'),
  known_by = coalesce(window_ends_at, leave_by + make_interval(mins => window_minutes)),
  yes_at = case state when 'accepted' then ended_at end;
alter table invitations
  alter column rank set not null,
  alter column known_by set not null,
  drop constraint invitations_state_check,
  add check (state in ('decided', 'open', 'ready', 'accepted', 'declined', 'lapsed', 'undeliverable', 'revoked',
    'released')),
  drop constraint invitations_surplus_volunteer_key;

-- Whoever was released keeps their place, and may be asked for the same doses again.
create unique index one_question_per_surplus on invitations (surplus, volunteer) where state <> 'released';
drop index one_invitation_per_person;
create unique index one_invitation_per_person on invitations (campaign, volunteer)
  where state in ('decided', 'open', 'ready');

-- How people answered, so that the next evening asks as many as it takes. No person: counts alone.
create table tallies (
  centre text not null references centres,
  band text not null,
  hour text not null,
  channel text not null,
  -- Whoever was asked for a short while only counts for less than one.
  asked double precision not null,
  yes double precision not null,
  primary key (centre, band, hour, channel)
);

alter table volunteers add column last_dose_on date;

-- Every step of an evening, in the order in which it was decided.
create index audit_by_surplus on audit ((facts->>'surplus'), id);
