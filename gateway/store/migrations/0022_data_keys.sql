-- The keys that seal, digest and sign, each for one purpose. They are random and lie here wrapped by a key that does not.

create table data_keys (
  purpose text not null,
  version integer not null check (version between 1 and 65535),
  -- Null where it is the operator's own key of that version, from before there were data keys, or was removed.
  wrapped bytea,
  wrapped_by text,
  -- Counted up by each change of any of them: whoever knows the last has heard of all.
  changed bigint not null,
  created_at timestamptz not null default clock_timestamp(),
  -- It writes from then on. Before, every gateway that lives learns it.
  used_at timestamptz,
  -- Nobody writes under it from then on.
  retired_at timestamptz,
  removed_at timestamptz,
  -- Of a key that signed: what is needed to check that, once the key itself is removed.
  public_key text,
  -- How far what the older versions wrote is renewed: a table and the last row that was looked at.
  step text,
  after text,
  renewed bigint not null default 0,
  primary key (purpose, version)
);

-- Up to which change of the keys a gateway has learned them, and since when.
alter table replicas
  add column keys_known bigint not null default 0,
  add column keys_known_at timestamptz;
