-- The next people of a centre come from an index in which nobody stands who cannot come that day: however many of the
-- eldest can only come on other days or take other vaccines, those who can are read at once.

-- Which parts of a day: 1 morning, 2 afternoon, 4 evening.
create function parts_of(parts jsonb) returns integer language sql immutable parallel safe as $$
  select coalesce((parts ? 'morning')::int + 2 * (parts ? 'afternoon')::int + 4 * (parts ? 'evening')::int, 0)
$$;

-- What decides beside their age whether somebody is called on a day: parts, vaccines and conditions in ten bits.
create function kind_of(parts integer, vaccines text[], conditions text[]) returns smallint
language sql immutable parallel safe as $$
  select case when parts > 0 then (128 * parts
    + 8 * ('pfizer' = any(vaccines))::int + 16 * ('moderna' = any(vaccines))::int
    + 32 * ('astrazeneca' = any(vaccines))::int + 64 * ('janssen' = any(vaccines))::int
    + ('at-risk' = any(conditions))::int + 2 * ('care-worker' = any(conditions))::int
    + 4 * ('essential-worker' = any(conditions))::int)::smallint end
$$;

-- The place that a registration has in the queue of each of its centres while nothing stands against asking its person:
-- the one derivation of it, whoever writes. A day takes in its exceptions as well, so that nobody is missed; who stays
-- away on that very day, the core still tells from the days themselves.
create function places_of(person volunteers) returns table (
  region text, campaign text, centre text, birth_date date, volunteer uuid, always smallint, monday smallint,
  tuesday smallint, wednesday smallint, thursday smallint, friday smallint, saturday smallint, sunday smallint,
  last_day date, last_dose_on date
) language sql stable as $$
  select (select region from centres where id = chosen.centre) as region, (person).campaign, chosen.centre,
    (person).birth_date, (person).id as volunteer,
    case when is_always then kind_of(7, (person).vaccines, (person).conditions) end as always,
    case when not is_always then kind_of(day.monday, (person).vaccines, (person).conditions) end as monday,
    case when not is_always then kind_of(day.tuesday, (person).vaccines, (person).conditions) end as tuesday,
    case when not is_always then kind_of(day.wednesday, (person).vaccines, (person).conditions) end as wednesday,
    case when not is_always then kind_of(day.thursday, (person).vaccines, (person).conditions) end as thursday,
    case when not is_always then kind_of(day.friday, (person).vaccines, (person).conditions) end as friday,
    case when not is_always then kind_of(day.saturday, (person).vaccines, (person).conditions) end as saturday,
    case when not is_always then kind_of(day.sunday, (person).vaccines, (person).conditions) end as sunday,
    case when (person).availability->>'repeats' = 'false' and (person).availability ? 'from'
      then greatest(((person).availability->>'from')::date + 6, last_exception) end as last_day,
    (person).last_dose_on
  from unnest((person).centres) chosen(centre)
  cross join lateral (
    select coalesce(bit_or(case isodow when 1 then parts end), 0) as monday,
      coalesce(bit_or(case isodow when 2 then parts end), 0) as tuesday,
      coalesce(bit_or(case isodow when 3 then parts end), 0) as wednesday,
      coalesce(bit_or(case isodow when 4 then parts end), 0) as thursday,
      coalesce(bit_or(case isodow when 5 then parts end), 0) as friday,
      coalesce(bit_or(case isodow when 6 then parts end), 0) as saturday,
      coalesce(bit_or(case isodow when 7 then parts end), 0) as sunday,
      max(day) filter (where parts > 0) as last_exception
    from (
      select (each->>'day')::date as day, extract(isodow from (each->>'day')::date) as isodow,
        parts_of(each->'parts') as parts
      from jsonb_array_elements((person).availability->'exceptions') each
    ) exceptions
  ) exception
  cross join lateral (
    select parts_of(week->'monday') | exception.monday as monday,
      parts_of(week->'tuesday') | exception.tuesday as tuesday,
      parts_of(week->'wednesday') | exception.wednesday as wednesday,
      parts_of(week->'thursday') | exception.thursday as thursday,
      parts_of(week->'friday') | exception.friday as friday,
      parts_of(week->'saturday') | exception.saturday as saturday,
      parts_of(week->'sunday') | exception.sunday as sunday
    from (select (person).availability->'week' as week) said
    -- Worked out once for each person, not once for each column that is made of it.
    offset 0
  ) day
  cross join lateral (
    select (day.monday & day.tuesday & day.wednesday & day.thursday & day.friday & day.saturday & day.sunday) = 7
      as is_always
  ) whole
  where (person).state = 'active' and (person).repeat_of is null and (person).closed_for is null
$$;

create view places as select p.* from volunteers v cross join lateral places_of(v) p;

-- Beside what is derived, only `not_before` is the queue's own. Written anew in the order of calling: whoever is asked
-- next then lies beside whoever was asked before, and claims at ten million people are several times as fast.
alter table queue rename to queue_before;
alter index queue_by_volunteer rename to queue_before_by_volunteer;
create table queue (
  region text not null references regions,
  campaign text not null references campaigns,
  centre text not null references centres,
  birth_date date not null,
  volunteer uuid not null references volunteers,
  -- Of whoever can come at any time, and then of no single day.
  always smallint,
  monday smallint,
  tuesday smallint,
  wednesday smallint,
  thursday smallint,
  friday smallint,
  saturday smallint,
  sunday smallint,
  -- After which they cannot come any more; null for whoever's week repeats.
  last_day date,
  last_dose_on date,
  not_before timestamptz
) with (
  -- Rows go at the head of every index. What is dead there is read over until it is cleaned away, so clean early, and
  -- never take the whole table to give a few pages back.
  autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000,
  autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05, vacuum_truncate = false
);
insert into queue
  select p.*, q.not_before from places p
  join queue_before q on q.volunteer = p.volunteer and q.centre = p.centre and q.campaign = p.campaign
  order by p.region, p.campaign, p.centre, p.birth_date, p.volunteer;
drop table queue_before;

-- The region is part of it so that the table can be divided by region; a person's places are found by the first column.
alter table queue add primary key (volunteer, centre, region);
create index queue_always on queue (region, campaign, centre, always, birth_date, volunteer)
  include (not_before, last_dose_on, last_day) where always is not null;
create index queue_monday on queue (region, campaign, centre, monday, birth_date, volunteer)
  include (not_before, last_dose_on, last_day) where monday is not null;
create index queue_tuesday on queue (region, campaign, centre, tuesday, birth_date, volunteer)
  include (not_before, last_dose_on, last_day) where tuesday is not null;
create index queue_wednesday on queue (region, campaign, centre, wednesday, birth_date, volunteer)
  include (not_before, last_dose_on, last_day) where wednesday is not null;
create index queue_thursday on queue (region, campaign, centre, thursday, birth_date, volunteer)
  include (not_before, last_dose_on, last_day) where thursday is not null;
create index queue_friday on queue (region, campaign, centre, friday, birth_date, volunteer)
  include (not_before, last_dose_on, last_day) where friday is not null;
create index queue_saturday on queue (region, campaign, centre, saturday, birth_date, volunteer)
  include (not_before, last_dose_on, last_day) where saturday is not null;
create index queue_sunday on queue (region, campaign, centre, sunday, birth_date, volunteer)
  include (not_before, last_dose_on, last_day) where sunday is not null;
