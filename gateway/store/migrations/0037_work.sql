-- A centre's list in a file, taken in or written behind the answer. What it holds of people lies sealed in its parts, and
-- goes with them: a row that is taken, a row that is mended, a file that is fetched, or all of it when its term is over.

create table work (
  id uuid primary key,
  region text not null references regions,
  centre text not null references centres,
  platform text not null,
  kind text not null check (kind in ('import', 'export')),
  state text not null check (state in ('proposed', 'waiting', 'running', 'stopping', 'done', 'failed', 'cancelled')),
  ordered_by text not null,
  ordered_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  done integer not null default 0,
  total integer not null,
  read jsonb,
  counts jsonb,
  format text,
  -- Why an export holds the national numbers; null where it does not.
  words_sealed bytea,
  cursor uuid,
  fault text,
  -- Until then there are parts.
  kept_until timestamptz
);
create index work_by_centre on work (region, centre, ordered_at desc);
create index work_by_end on work (region, kept_until) where kept_until is not null;

create table work_parts (
  region text not null references regions,
  work uuid not null references work on delete cascade,
  -- Rows to be taken or written, rows that were refused, and a file that is ready.
  kind text not null check (kind in ('rows', 'refused', 'file')),
  number integer not null,
  rows_sealed bytea not null,
  primary key (region, work, kind, number)
);

grant select, insert, update on work to everydose_tenant;
alter table work enable row level security;
create policy within_reach on work to everydose_tenant
  using (region = any((select tenant_regions())::text[])
    and coalesce(centre = any((select tenant_centres())::text[]), true));

grant select, insert, update, delete on work_parts to everydose_tenant;
alter table work_parts enable row level security;
create policy within_reach on work_parts to everydose_tenant
  using (region = any((select tenant_regions())::text[]) and work in (select id from work));
