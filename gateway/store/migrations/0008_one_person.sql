-- Registrations of one person that no number ties together are found, scored, and shown to staff.

-- By which a registration is found: the first bytes of keyed digests, which say nothing of anybody. Looked up one key at
-- a time and with a limit, so that a block of thousands costs no more than one of forty.
create table blocks (
  key bytea not null,
  volunteer uuid not null references volunteers on delete cascade,
  primary key (key, volunteer)
);
create index blocks_by_volunteer on blocks (volunteer);

-- Whether the search for pairs has seen this registration as it is now.
alter table volunteers add column compared boolean not null default false;
create index volunteers_to_compare on volunteers (id) where not compared;

create table pairs (
  id uuid primary key,
  campaign text not null references campaigns,
  -- In the order of their ids, so that a pair is one row whichever was found first.
  one uuid not null references volunteers,
  other uuid not null references volunteers,
  regions text[] not null,
  state text not null check (state in ('open', 'kept-apart', 'merged', 'undone')),
  score integer not null,
  -- Codes; nothing of whom they are about.
  reasons text[] not null,
  found_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  -- Of a merge: which registration stays, and what it changed, so that it can be undone.
  stays uuid references volunteers,
  merge jsonb,
  unique (one, other),
  check (one < other)
);
create index pairs_by_state on pairs (state, found_at, id);
create index pairs_by_other on pairs (other);
-- A registration that became the repeat of another under a number of its own: whoever looks for it finds the first.
create index volunteers_by_identity on volunteers (campaign, identity_digest);
