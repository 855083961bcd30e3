-- How much is written to whom, so that nobody can make the gateway spend or spam: counted where a letter is ordered.

create table message_counts (
  region text not null references regions,
  -- 'person', 'contact' and 'region' are budgets; 'deferred' and 'refused' are for staff to see.
  scope text not null check (scope in ('person', 'contact', 'unconfirmed', 'region', 'deferred', 'refused')),
  -- A registration, the keyed digest of an address, or the kind of a letter.
  key text not null,
  from_at timestamptz not null,
  count integer not null,
  primary key (region, scope, key, from_at)
);
create index message_counts_by_time on message_counts (from_at);

-- Since when somebody is written to where they are now, and whether whoever reads there has followed a link that was sent
-- there since. Where there is no row: since they registered, and nobody has yet.
create table contact_confirmations (
  region text not null references regions,
  volunteer uuid not null references volunteers on delete cascade,
  since timestamptz not null,
  confirmed_at timestamptz,
  primary key (region, volunteer)
);
create index contact_confirmations_by_volunteer on contact_confirmations (volunteer);
-- Who registered before this was asked is not asked now.
insert into contact_confirmations select region, id, registered_at, now() from volunteers;

-- Whether a token was sent, and not shown to whoever registered.
alter table tokens add column sent boolean not null default false;
