-- Where events are sent. An event itself is a line of the audit at its place in its chain (0021): of what is sent, only
-- that place is kept here, and what came of it.

create table webhooks (
  id uuid primary key,
  -- The label of a key, or the reference of whoever came with an access token; with a key, it ends with it.
  owner text not null,
  of_key boolean not null,
  role text not null,
  -- Of which it is told; null for all.
  regions text[],
  address text not null,
  types text[] not null,
  note text,
  secret_sealed bytea not null,
  old_secret_sealed bytea,
  old_secret_until timestamptz,
  created_at timestamptz not null,
  state text not null check (state in ('enabled', 'disabled')),
  disabled_for text check (disabled_for in ('asked', 'gone', 'failing', 'key-ended')),
  disabled_at timestamptz,
  -- In the words of core/event-cursor.ts: up to where its events are in its list.
  reached text not null,
  failures integer not null default 0,
  failing_since timestamptz,
  rests_until timestamptz,
  tested_at timestamptz
);
create index webhooks_by_owner on webhooks (owner);

create table webhook_deliveries (
  webhook uuid not null references webhooks on delete cascade,
  chain text not null,
  number bigint not null,
  event text not null,
  state text not null check (state in ('waiting', 'taken', 'dead')),
  tries integer not null default 0,
  due_at timestamptz not null,
  claimed_until timestamptz,
  claimed_by uuid,
  attempts jsonb not null default '[]',
  touched_at timestamptz not null,
  ended_at timestamptz,
  primary key (webhook, chain, number)
);
create index webhook_deliveries_due on webhook_deliveries (webhook, due_at) where state = 'waiting';
create index webhook_deliveries_claimed on webhook_deliveries (webhook) where claimed_until is not null;
create index webhook_deliveries_touched on webhook_deliveries (webhook, touched_at desc);

grant select, insert, update, delete on webhooks to everydose_tenant;
alter table webhooks enable row level security;
create policy within_reach on webhooks to everydose_tenant
  using (regions <@ (select tenant_regions())::text[]);
grant select, insert, update on webhook_deliveries to everydose_tenant;
alter table webhook_deliveries enable row level security;
create policy within_reach on webhook_deliveries to everydose_tenant
  using (webhook in (select id from webhooks));
