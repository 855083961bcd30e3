-- What becomes of official invitations ends list lives, and a death ends every word to a person (F05, F15).

alter table volunteers
  -- Why nobody calls them any more, where they have not left. Somebody who registers after it is known is not told.
  add column closed_for text check (closed_for in ('vaccinated', 'official', 'died')),
  -- What they were before an official appointment, which may be given back.
  add column closed_from text check (closed_from in ('active', 'paused'));
update volunteers set closed_for = 'vaccinated' where state = 'closed';

create table officials (
  platform text not null,
  ref text not null,
  -- Keyed digests of whom it is for, and nothing else of them: most are on no reserve list.
  digests bytea[] not null,
  state text not null check (state in ('offered', 'booked', 'declined', 'withdrawn', 'vaccinated', 'died')),
  at timestamptz not null,
  primary key (platform, ref)
);
create index officials_by_person on officials using gin (digests);
