-- What a platform refuses for good is over, and what it was asked is dated, so that both sides can be compared.

alter table bookings
  -- When the platform was first asked for what `asked_for` says, and when its answer came.
  add column asked_at timestamptz,
  add column told_at timestamptz,
  -- The time that the platform keeps: the nearest to the one asked.
  add column held_at timestamptz;
update bookings set asked_at = promised_at where platform is not null;
update bookings set told_at = promised_at where platform is not null and state <> 'promised';

-- Until now whoever was refused stayed expected, and was told so: they still are, at a centre that books them nowhere.
update bookings set state = 'booked', platform = null, external_ref = null, asked_for = null where state = 'refused';
drop index one_booking_per_person;
create unique index one_booking_per_person on bookings (campaign, volunteer) where state in ('promised', 'booked');
create index bookings_by_platform on bookings (platform, at) where platform is not null;

-- What the last comparison with each platform found.
create table reconciliations (
  platform text primary key,
  account jsonb not null
);
