-- Whoever does not reach everything sees and writes rows of their own regions alone, whatever a query forgot to ask.
-- store/tenancy.ts takes the role `everydose_tenant` on for one transaction and says how far its caller reaches; the
-- gateway's own work is done by the owner of the tables, whom no policy binds.

grant usage on schema public to everydose_tenant;

create function tenant_centres() returns text[] language sql stable parallel safe as $$
  select string_to_array(nullif(current_setting('everydose.centres', true), ''), ',')
$$;
-- A caller of centres alone reaches what their regions share. Nothing said is nothing seen.
create function tenant_regions() returns text[] language sql stable parallel safe as $$
  select coalesce(string_to_array(nullif(current_setting('everydose.regions', true), ''), ','),
    (select array_agg(distinct region) from centres where id = any(tenant_centres())))
$$;

-- What triggers look up belongs to the row that is written, also where its writer could not see it.
alter function person_of_volunteer() security definer set search_path = public, pg_temp;
alter function region_of_dose() security definer set search_path = public, pg_temp;
alter function directory_changed() security definer set search_path = public, pg_temp;

-- Where there is what. Regions and centres are told to everybody; of a region, only its lock can be taken.
grant select, update (id) on regions to everydose_tenant;
alter table regions enable row level security;
create policy seen_by_all on regions for select to everydose_tenant using (true);
create policy within_reach on regions for update to everydose_tenant
  using (id = any((select tenant_regions())::text[]));
grant select on centres to everydose_tenant;

grant select, insert, update, delete on policies, bindings, binding_changes to everydose_tenant;
alter table policies enable row level security;
create policy within_reach on policies to everydose_tenant
  using (region = any((select tenant_regions())::text[]));
alter table bindings enable row level security;
create policy within_reach on bindings to everydose_tenant
  using (region = any((select tenant_regions())::text[]));
alter table binding_changes enable row level security;
create policy within_reach on binding_changes to everydose_tenant
  using (region = any((select tenant_regions())::text[]));

-- The campaign of the files goes over all regions; who orders another must reach all of its own.
grant select, insert, update on campaigns to everydose_tenant;
alter table campaigns enable row level security;
create policy seen_where_held on campaigns for select to everydose_tenant
  using (origin is null or regions && (select tenant_regions())::text[]);
create policy begun_within_reach on campaigns for insert to everydose_tenant
  with check (origin is not null and regions <@ (select tenant_regions())::text[]);
create policy changed_within_reach on campaigns for update to everydose_tenant
  using (origin is not null and regions <@ (select tenant_regions())::text[]);

-- The doses and whom they found.
grant select, insert, update on surpluses, doses, invitations, bookings to everydose_tenant;
alter table surpluses enable row level security;
create policy within_reach on surpluses to everydose_tenant
  using (region = any((select tenant_regions())::text[])
    and coalesce(centre = any((select tenant_centres())::text[]), true));
alter table invitations enable row level security;
create policy within_reach on invitations to everydose_tenant
  using (region = any((select tenant_regions())::text[])
    and coalesce(centre = any((select tenant_centres())::text[]), true));
alter table bookings enable row level security;
create policy within_reach on bookings to everydose_tenant
  using (region = any((select tenant_regions())::text[])
    and coalesce(centre = any((select tenant_centres())::text[]), true));
alter table doses enable row level security;
create policy within_reach on doses to everydose_tenant
  using (region = any((select tenant_regions())::text[]));

-- How people answered is learned from all regions together, and holds nobody.
grant select, insert, update on tallies to everydose_tenant;
alter table tallies enable row level security;
create policy seen_by_all on tallies for select to everydose_tenant using (true);
create policy learned_within_reach on tallies for insert to everydose_tenant
  with check (centre in (select id from centres where region = any((select tenant_regions())::text[])));
create policy relearned_within_reach on tallies for update to everydose_tenant
  using (centre in (select id from centres where region = any((select tenant_regions())::text[])));

-- The people. Two registrations that became one person's may be expected in a region in which neither the one that
-- stays was registered nor any of its centres lies: whoever expects somebody sees who that is.
create index bookings_by_volunteer on bookings (volunteer) where volunteer is not null;
grant select, update on volunteers to everydose_tenant;
alter table volunteers enable row level security;
create policy seen_within_reach on volunteers for select to everydose_tenant
  using (region = any((select tenant_regions())::text[])
    or centres && (select array_agg(id) from centres where region = any(tenant_regions()))
    or exists (select from bookings where bookings.volunteer = volunteers.id)
    or exists (select from invitations where invitations.campaign = volunteers.campaign
      and invitations.volunteer = volunteers.id and invitations.state in ('decided', 'open', 'ready')));
create policy changed_within_reach on volunteers for update to everydose_tenant
  using (region = any((select tenant_regions())::text[]));
grant select on queue, identities, renewals to everydose_tenant;
alter table queue enable row level security;
create policy within_reach on queue for select to everydose_tenant
  using (region = any((select tenant_regions())::text[]));
alter table identities enable row level security;
create policy of_people_within_reach on identities for select to everydose_tenant
  using (exists (select from volunteers where volunteers.id = identities.volunteer));

alter table renewals add column region text references regions;
update renewals set region = volunteers.region from volunteers where volunteers.id = renewals.volunteer;
alter table renewals alter column region set not null;
create function region_of_renewal() returns trigger language plpgsql as $$
begin
  select region into new.region from volunteers where id = new.volunteer;
  return new;
end $$;
create trigger region_of_renewal before insert on renewals for each row execute function region_of_renewal();
alter table renewals enable row level security;
create policy within_reach on renewals for select to everydose_tenant
  using (region = any((select tenant_regions())::text[]));

grant select, update on pairs to everydose_tenant;
alter table pairs enable row level security;
create policy within_reach on pairs to everydose_tenant
  using (regions <@ (select tenant_regions())::text[]);

-- What must follow and what has happened. An order goes out and is never read; a line of no region tells of a platform
-- or a campaign.
grant insert on outbox to everydose_tenant;
alter table outbox enable row level security;
create policy of_doses_within_reach on outbox for insert to everydose_tenant
  with check (effect->>'surplus' is null
    or exists (select from surpluses where surpluses.id = (effect->>'surplus')::uuid));
grant select, insert on audit to everydose_tenant;
alter table audit enable row level security;
create policy seen_within_reach on audit for select to everydose_tenant
  using (region = any((select tenant_regions())::text[]));
create policy noted_within_reach on audit for insert to everydose_tenant
  with check (region is null or region = any((select tenant_regions())::text[]));

-- Of no region: replies by the key of whoever asked, and how far platforms are.
grant select, insert, update, delete on requests to everydose_tenant;
grant select, insert, update on readings to everydose_tenant;
grant select on reconciliations to everydose_tenant;
