-- What each day was counted to be, once it was over: written once and never changed. A correction is another version.
create table day_reports (
  day date not null,
  version integer not null check (version > 0),
  counted_at timestamptz not null,
  rows integer not null,
  -- What a later look is held against, to tell whether something has changed since.
  sums jsonb not null,
  primary key (day, version)
);
create table day_report_cells (
  region text not null references regions,
  day date not null,
  version integer not null,
  -- Its place in the report.
  number integer not null,
  region_name text not null,
  province text,
  centre text not null,
  platform text,
  vaccine text not null,
  age_band text,
  sex text check (sex in ('F', 'M')),
  indicator text not null,
  count integer not null check (count > 0),
  primary key (region, day, version, number),
  foreign key (day, version) references day_reports
);
create index day_report_cells_in_order on day_report_cells (day, version, number);

-- What everybody may know of a week, as the files in which it was told: byte for byte the same for ever, whoever upgrades.
create table releases (
  dataset text not null,
  day date not null,
  version integer not null check (version > 0),
  until date not null,
  published_at timestamptz not null,
  rows integer not null,
  primary key (dataset, day, version)
);
create table release_files (
  dataset text not null,
  day date not null,
  version integer not null,
  format text not null,
  bytes bigint not null,
  sha256 bytea not null,
  primary key (dataset, day, version, format),
  foreign key (dataset, day, version) references releases
);
create table release_parts (
  dataset text not null,
  day date not null,
  version integer not null,
  format text not null,
  number integer not null,
  content bytea not null,
  primary key (dataset, day, version, format, number)
);

create trigger stays_as_written before update or delete on day_reports
  for each row execute function stays_as_written();
create trigger stays before truncate on day_reports for each statement execute function stays_as_written();
create trigger stays_as_written before update or delete on day_report_cells
  for each row execute function stays_as_written();
create trigger stays before truncate on day_report_cells for each statement execute function stays_as_written();
create trigger stays_as_written before update or delete on releases
  for each row execute function stays_as_written();
create trigger stays before truncate on releases for each statement execute function stays_as_written();
create trigger stays_as_written before update or delete on release_files
  for each row execute function stays_as_written();
create trigger stays before truncate on release_files for each statement execute function stays_as_written();
create trigger stays_as_written before update or delete on release_parts
  for each row execute function stays_as_written();
create trigger stays before truncate on release_parts for each statement execute function stays_as_written();

-- Whoever is limited to a region or a centre reads their part of a day, and that there is one.
grant select on day_reports, day_report_cells to everydose_tenant;
alter table day_report_cells enable row level security;
create policy within_reach on day_report_cells for select to everydose_tenant
  using (region = any((select tenant_regions())::text[])
    and coalesce(centre = any((select tenant_centres())::text[]), true));
