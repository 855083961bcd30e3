-- Each line of the audit is linked to the one before it in its region, shortly after it was written and in the order in
-- which the links found them: so whoever decides waits for nobody, and no line changes, goes or comes unseen.
create table audit_links (
  -- Empty for lines that are about no region.
  region text not null,
  number bigint not null,
  line bigint not null unique references audit,
  hash bytea not null,
  primary key (region, number)
);
create table audit_checkpoints (
  region text not null,
  number bigint not null,
  hash bytea not null,
  at timestamptz not null,
  -- The version of the key that signed it.
  key integer not null,
  signature bytea not null,
  primary key (region, number)
);

-- Every line up to `below` is linked: nothing that is still being written can stand among those. It follows `next`, all
-- that was there at `taken_at`, once every transaction that ran then (those before `horizon`) has ended.
create table audit_reach (
  one boolean primary key default true check (one),
  below bigint not null default 0,
  next bigint not null default 0,
  horizon xid8 not null default '0',
  taken_at timestamptz not null default '-infinity'
);
insert into audit_reach default values;

create function stays_as_written() returns trigger language plpgsql as $$
begin
  raise exception 'a line of % stays as it was written', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger stays_as_written before update or delete on audit
  for each row execute function stays_as_written();
create trigger stays before truncate on audit for each statement execute function stays_as_written();
create trigger stays_as_written before update or delete on audit_links
  for each row execute function stays_as_written();
create trigger stays before truncate on audit_links for each statement execute function stays_as_written();
create trigger stays_as_written before update or delete on audit_checkpoints
  for each row execute function stays_as_written();
create trigger stays before truncate on audit_checkpoints for each statement execute function stays_as_written();
