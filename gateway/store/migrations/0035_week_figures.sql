-- What the public figures are made of, a row for each week that is over: counted once and never anew, so that nobody
-- learns from two answers what neither tells, and so that asking costs the same however many doses there were.

create table week_figures (
  week date primary key check (extract(isodow from week) = 1),
  counts jsonb not null,
  counted_at timestamptz not null
);
