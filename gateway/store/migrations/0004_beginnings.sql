-- What a database began as, and a check value of each key that wrote in it: a start with another key, or of another
-- kind, could open and find nothing, and would write beside what is there.

create table beginnings (
  -- 'kind', or a key and its version: 'sealing 1', 'digest 1'.
  name text primary key,
  value bytea not null
);

insert into beginnings
  select 'kind', convert_to(case label when 'operator' then 'production' else 'sandbox' end, 'UTF8')
  from keys where label = 'operator' or label like 'sandbox-%' limit 1;
