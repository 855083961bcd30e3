-- How it is known what decides somebody's place: the newest proof of each. It is of a value, and ends with it.
create table proofs (
  region text not null references regions,
  volunteer uuid not null references volunteers on delete cascade,
  what text not null,
  known text not null check (known in ('register', 'card')),
  by text not null,
  at timestamptz not null,
  primary key (volunteer, what)
);

create function ends_proofs() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  delete from proofs where volunteer = new.id and case what
    when 'birthDate' then new.birth_date is distinct from old.birth_date
    when 'postcode' then new.postcode is distinct from old.postcode
    else not what = any(new.conditions)
  end;
  return null;
end $$;
create trigger ends_proofs after update of birth_date, postcode, conditions on volunteers for each row
  when ((old.birth_date, old.postcode, old.conditions) is distinct from (new.birth_date, new.postcode, new.conditions))
  execute function ends_proofs();

-- What the centre saw on the card of whoever is expected, the newest check of each booking.
create table card_checks (
  region text not null references regions,
  booking uuid primary key references bookings on delete cascade,
  outcome text not null check (outcome in ('confirmed', 'differs', 'refused')),
  objections text[] not null,
  by text not null,
  at timestamptz not null
);

-- Noted across regions, since whoever is expected may be registered elsewhere; read by whoever sees the person.
grant select on proofs, card_checks to everydose_tenant;
alter table proofs enable row level security;
create policy of_people_within_reach on proofs for select to everydose_tenant
  using (exists (select from volunteers where volunteers.id = proofs.volunteer));
alter table card_checks enable row level security;
create policy within_reach on card_checks for select to everydose_tenant
  using (region = any((select tenant_regions())::text[]));
