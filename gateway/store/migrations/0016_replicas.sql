-- Which gateways live, and whose an order is.
-- By the database's clock: it is the same for all of them, and how often they are seen is no matter of the gateway's.

create table replicas (
  id uuid primary key,
  seen_at timestamptz not null
);

alter table outbox add column claimed_by uuid;
create index outbox_by_claim on outbox (claimed_by) where claimed_by is not null;
