-- A reply may be lost and a binding may change: what was asked of which platform is written down before it is asked.

-- The platform that asks this person; nothing where the gateway writes to them itself.
alter table invitations add column platform text;
update invitations i set platform = (
  select platform from bindings b
  where b.role = 'invite' and b.region = i.region and (b.centre is null or b.centre = i.centre)
    and (b.from_at is null or b.from_at <= i.decided_at) and (b.until_at is null or b.until_at > i.decided_at)
  order by b.centre is null limit 1
) where i.state in ('decided', 'open');

-- For which time the platform of a booking was asked.
alter table bookings add column asked_for timestamptz;
update bookings set asked_for = at where platform is not null and state <> 'promised';

-- Orders of one lane share its places, so that a platform that hangs keeps nobody else's orders waiting.
alter table outbox add column lane text;
