-- A national number that changed keeps its history: whoever is looked for by the old one is found.

create table former_identities (
  campaign text not null references campaigns,
  digest bytea not null,
  volunteer uuid not null references volunteers on delete cascade,
  since timestamptz not null,
  until timestamptz not null,
  primary key (campaign, digest, volunteer)
);
create index former_identities_by_digest on former_identities (digest);

-- By which keyed digests a registration is found: its own, its repeats', and those it once had.
create view known_identities as
  select campaign, identity_digest, coalesce(repeat_of, id) as volunteer from volunteers
  union all
  select f.campaign, f.digest, coalesce(v.repeat_of, v.id)
  from former_identities f join volunteers v on v.id = f.volunteer;

create or replace function person_of_registration() returns trigger language plpgsql as $$
begin
  new.person := coalesce(
    (select person from volunteers where id = new.repeat_of),
    (select person from volunteers where identity_digest = new.identity_digest order by registered_at desc limit 1),
    (select v.person from former_identities f join volunteers v on v.id = f.volunteer
      where f.digest = new.identity_digest order by f.until desc limit 1),
    new.id);
  return new;
end $$;
