-- Whoever asks to be forgotten is, on every platform; what stays is who was told and what they said, and names nobody.

create table erasures (
  id uuid primary key,
  region text not null references regions,
  -- Opens the account of it; null where nobody asked and a term was over.
  token_digest bytea unique,
  cause text not null check (cause in ('asked', 'term')),
  asked_at timestamptz not null,
  -- Who was given a dose: until then the law keeps who they are and what they were given.
  kept_until date,
  barred_until date,
  done_at timestamptz
);
create index erasures_by_region on erasures (region, asked_at desc);

create table erasure_receipts (
  region text not null references regions,
  erasure uuid not null references erasures on delete cascade,
  number integer not null,
  platform text not null,
  what text not null check (what in ('list', 'booking', 'official')),
  -- What the platform must be told, and by which name; gone with its acknowledgement.
  matter_sealed bytea,
  state text not null check (state in ('waiting', 'erased', 'by-hand', 'done-by-hand', 'kept')),
  at timestamptz not null,
  tries integer not null default 0,
  fault text,
  primary key (region, erasure, number)
);
create index erasure_receipts_open on erasure_receipts (region, platform) where state in ('waiting', 'by-hand');

-- Whom no list may bring back: keyed digests, and nothing else of them.
create table tombstones (
  digest bytea not null,
  region text not null references regions,
  erasure uuid not null references erasures on delete cascade,
  until_at timestamptz not null,
  primary key (digest, region)
);
create index tombstones_by_erasure on tombstones (erasure);
create index tombstones_by_end on tombstones (until_at);

-- A registration of which nothing personal is left: it stands in the books of the doses as somebody.
alter table volunteers add column erasure uuid references erasures;
create index volunteers_by_erasure on volunteers (erasure) where erasure is not null;
