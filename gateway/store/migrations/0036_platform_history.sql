-- How platforms have been, for a while: what an hour saw of each, and each time that one failed or came back. Whoever
-- notes a call updates the hour's row in place.

create table platform_hours (
  platform text not null,
  hour timestamptz not null,
  calls integer not null default 0,
  failures integer not null default 0,
  -- The most orders that waited for it, as they were counted each minute.
  backlog integer not null default 0,
  last_fault text,
  primary key (platform, hour)
) with (fillfactor = 70);
create table platform_turns (
  platform text not null,
  at timestamptz not null,
  state text not null check (state in ('ok', 'failing')),
  fault text,
  primary key (platform, at)
);

-- Whoever audits asks for a day: lines lie in the order in which they were written, so a few bytes find its pages.
create index audit_by_time on audit using brin (at);
