-- A centre changes its platform while the gateway runs, and its people are carried over (F17).

-- Nobody may be bound: then the gateway does it, though the region has a platform.
alter table bindings alter column platform drop not null;

create table binding_changes (
  id uuid primary key,
  region text not null references regions,
  centre text references centres,
  centres text[] not null,
  -- Of each role: who played it before, who does afterwards.
  roles jsonb not null,
  from_at timestamptz not null,
  undoes uuid references binding_changes,
  ordered_by text not null,
  ordered_at timestamptz not null,
  ended text check (ended in ('taken-back', 'undone', 'superseded')),
  ended_by text,
  ended_at timestamptz,
  -- How far the people have been carried over; null where no list moves.
  carry_state text check (carry_state in ('waiting', 'running', 'done', 'cancelled')),
  carry_cursor uuid,
  total integer not null default 0,
  done integer not null default 0,
  carried integer not null default 0,
  asked integer not null default 0,
  refused integer not null default 0
);
alter table bindings add column change uuid references binding_changes;
create index binding_changes_by_region on binding_changes (region, ordered_at desc);

-- Of the bindings as the operator's file last had them; what was changed live stands until the file changes.
alter table regions add column binding_file_digest bytea;

alter table identities
  -- Since when this is history: the person was taken off that list by the gateway itself.
  add column ended_at timestamptz,
  -- When they were last put back on it. What that list said before is out of date.
  add column begun_at timestamptz;
create index volunteers_by_centre on volunteers using gin (centres);
