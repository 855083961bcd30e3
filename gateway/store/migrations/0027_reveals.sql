-- Who saw a national number, of whom, and why; the words are sealed. The audit has a line of each without them.
create table reveals (
  id uuid primary key,
  region text not null references regions,
  volunteer uuid not null references volunteers on delete cascade,
  actor text not null,
  reason text not null,
  words_sealed bytea not null,
  at timestamptz not null
);
create index reveals_by_volunteer on reveals (volunteer);
