-- A dose carries its region, as its surplus, its invitation and its booking do: where tables are one day divided by
-- region, what one decision about a dose reads and writes lies together.

alter table doses add column region text references regions;
update doses d set region = s.region from surpluses s where s.id = d.surplus;
alter table doses alter column region set not null;

create function region_of_dose() returns trigger language plpgsql as $$
begin
  select region into new.region from surpluses where id = new.surplus;
  return new;
end $$;
create trigger region_of_dose before insert on doses for each row execute function region_of_dose();
