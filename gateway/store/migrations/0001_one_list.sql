-- Who decides, and where: loaded from the operator's files.

create table campaigns (
  id text primary key,
  opened_at timestamptz not null
);

create table regions (
  id text primary key,
  document jsonb not null,
  -- Of the policy as the operator's file last had it; a change of the file is a new version.
  policy_file_digest bytea
);

create table centres (
  id text primary key,
  region text not null references regions,
  document jsonb not null
);

create table policies (
  region text not null references regions,
  version integer not null,
  from_at timestamptz not null,
  rules jsonb not null,
  primary key (region, version)
);

create table bindings (
  id uuid primary key,
  region text not null references regions,
  centre text references centres,
  role text not null,
  platform text not null,
  from_at timestamptz,
  until_at timestamptz
);
create index bindings_by_place on bindings (region, role);

-- The people. Names, numbers and contacts are sealed; equality is by keyed digest.

create table volunteers (
  id uuid primary key,
  region text not null references regions,
  campaign text not null references campaigns,
  state text not null check (state in ('active', 'paused', 'withdrawn', 'closed')),
  identity_digest bytea not null,
  -- A second registration of the same person waits beside the first and is never called (F20).
  repeat_of uuid references volunteers,
  person_sealed bytea not null,
  contact_sealed bytea not null,
  contact_digests bytea[] not null,
  national_sealed bytea,
  birth_date date not null,
  -- Where only the year is known, birth_date is its last day: nobody is called too young or too early.
  birth_year_only boolean not null default false,
  postcode text,
  centres text[] not null,
  availability jsonb not null,
  vaccines text[] not null,
  conditions text[] not null,
  language text not null,
  consent_text text not null,
  consent_at timestamptz not null,
  registered_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index one_registration_per_person on volunteers (campaign, identity_digest)
  where repeat_of is null and state <> 'withdrawn';
create index volunteers_by_contact on volunteers using gin (contact_digests);

create table tokens (
  digest bytea primary key,
  purpose text not null check (purpose in ('manage', 'answer')),
  volunteer uuid not null references volunteers,
  invitation uuid,
  issued_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz
);
create index tokens_by_volunteer on tokens (volunteer);

-- Names that platforms gave to the people.
create table identities (
  platform text not null,
  external_id text not null,
  volunteer uuid not null references volunteers,
  checked_at timestamptz not null,
  valid_at timestamptz not null,
  changed_at timestamptz,
  primary key (platform, external_id)
);
create index identities_by_volunteer on identities (volunteer);

-- Who may be called now, in the order of calling. A row goes when its person is asked: whoever deletes it asks.
create table queue (
  centre text not null references centres,
  birth_date date not null,
  volunteer uuid not null references volunteers,
  conditions text[] not null,
  not_before timestamptz,
  primary key (centre, birth_date, volunteer)
);
create index queue_by_volunteer on queue (volunteer);

-- The doses, one row each, so that the database itself counts them.

create table surpluses (
  id uuid primary key,
  region text not null references regions,
  campaign text not null references campaigns,
  centre text not null references centres,
  vaccine text not null,
  usable_until timestamptz not null,
  announced_at timestamptz not null,
  state text not null check (state in ('open', 'cancelled', 'closed'))
);
create index surpluses_by_day on surpluses (announced_at desc, id);

create table invitations (
  id uuid primary key,
  region text not null references regions,
  campaign text not null references campaigns,
  centre text not null references centres,
  surplus uuid not null references surpluses,
  volunteer uuid not null references volunteers,
  state text not null check (state in
    ('decided', 'open', 'accepted', 'declined', 'lapsed', 'undeliverable', 'revoked')),
  reason jsonb not null,
  window_minutes integer not null,
  decided_at timestamptz not null,
  leave_by timestamptz not null,
  channel text,
  calls integer not null default 0,
  taken_at timestamptz,
  window_ends_at timestamptz,
  ended_at timestamptz,
  unique (surplus, volunteer)
);
create unique index one_invitation_per_person on invitations (campaign, volunteer)
  where state in ('decided', 'open');

create table bookings (
  id uuid primary key,
  region text not null references regions,
  campaign text not null references campaigns,
  centre text not null references centres,
  surplus uuid not null references surpluses,
  invitation uuid unique references invitations,
  volunteer uuid references volunteers,
  walk_in boolean not null default false,
  state text not null check (state in ('promised', 'booked', 'refused', 'attended', 'no-show', 'cancelled')),
  at timestamptz not null,
  platform text,
  external_ref text,
  promised_at timestamptz not null,
  settled_at timestamptz
);
create unique index one_booking_per_person on bookings (campaign, volunteer)
  where state in ('promised', 'booked', 'refused');
create index bookings_by_surplus on bookings (surplus);

create table doses (
  surplus uuid not null references surpluses,
  number integer not null,
  state text not null check (state in ('free', 'held', 'promised', 'used', 'lost', 'removed')),
  invitation uuid unique references invitations,
  booking uuid unique references bookings,
  primary key (surplus, number),
  check ((state = 'held') = (invitation is not null and booking is null)),
  check ((state in ('promised', 'used')) = (booking is not null))
);

-- What must still follow, what has happened, and what was asked before.

create table outbox (
  id bigint generated always as identity primary key,
  effect jsonb not null,
  -- Two timers of one surplus for the same moment are one.
  timer text unique,
  platform text,
  due_at timestamptz not null,
  attempts integer not null default 0,
  claimed_until timestamptz,
  last_fault text,
  dead boolean not null default false,
  created_at timestamptz not null
);
create index outbox_due on outbox (due_at, id) where not dead;

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  region text,
  actor text not null,
  event text not null,
  subject uuid,
  facts jsonb not null
);
create index audit_by_subject on audit (subject, id);

create table requests (
  caller text not null,
  key text not null,
  fingerprint bytea not null,
  status integer,
  reply_sealed bytea,
  started_at timestamptz not null,
  primary key (caller, key)
);

create table keys (
  digest bytea primary key,
  label text not null,
  role text not null,
  regions text[] not null,
  centres text[] not null,
  platform text,
  issued_at timestamptz not null,
  revoked_at timestamptz
);

create table deliveries (
  platform text not null,
  delivery text not null,
  received_at timestamptz not null,
  primary key (platform, delivery)
);

create table feeds (
  platform text not null,
  feed text not null,
  cursor text,
  primary key (platform, feed)
);

create table platform_health (
  platform text primary key,
  last_success_at timestamptz,
  last_failure_at timestamptz,
  last_fault text
);
