-- Which campaigns, regions, centres, policies and bindings there are: whoever keeps them in memory compares this number,
-- in the statement that it asks anyway, and reads them again where it has changed.

create table directory (
  version bigint not null
);
insert into directory values (1);

create function directory_changed() returns trigger language plpgsql as $$
begin
  update directory set version = version + 1;
  return null;
end $$;
create trigger directory_changed after insert or update or delete on regions
  for each statement execute function directory_changed();
create trigger directory_changed after insert or update or delete on centres
  for each statement execute function directory_changed();
create trigger directory_changed after insert or update or delete on policies
  for each statement execute function directory_changed();
create trigger directory_changed after insert or update or delete on bindings
  for each statement execute function directory_changed();
