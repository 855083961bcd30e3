-- How a list is read from its beginning can be followed, and who is missing from it is known once all of it was read.

create table readings (
  platform text not null,
  -- Counts upwards for each platform.
  number integer not null,
  -- The first load goes on by the feed's own cursor; a pass beside it has this one.
  kind text not null check (kind in ('first', 'pass')),
  begun_at timestamptz not null,
  cursor text,
  done integer not null default 0,
  total integer,
  -- Where the last stretch of a few seconds began, and how fast the one before it was.
  pace_at timestamptz not null,
  pace_done integer not null default 0,
  per_second double precision,
  -- Whether the source said that it left out what it could not read.
  partial boolean not null default false,
  read_at timestamptz,
  -- Of how many whom the list had before this reading knew nothing, and what was made of it.
  listed integer,
  missing integer,
  verdict text check (verdict in ('believed', 'doubted', 'not-judged')),
  ended_at timestamptz,
  primary key (platform, number)
);
create unique index one_open_reading_per_platform on readings (platform) where ended_at is null;

-- The last pass that saw this name.
alter table identities add column reading integer;
