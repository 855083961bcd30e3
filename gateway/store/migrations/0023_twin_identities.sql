-- While one key of the digests takes over from another, two gateways may write one person's digest under either. Each
-- then says both, one behind the other (34 bytes each), and both are claimed here: whoever comes second is refused, as by
-- the index over the one digest that is there at any other time.

create table twin_identities (
  campaign text not null,
  digest bytea not null,
  volunteer uuid not null,
  primary key (campaign, digest)
);

-- Of what a digest was made, sealed, where the registration does not tell it any more. Its id is the digest.
create table identity_words (
  digest bytea primary key,
  words_sealed bytea not null
);

create function digests_in(written bytea) returns bytea[] language sql immutable as $$
  select array_agg(substr(written, 1 + 34 * nth, 34) order by nth)
  from generate_series(0, octet_length(written) / 34 - 1) nth
$$;

create function claim_identity(in_campaign text, digests bytea[], claimant uuid) returns void language plpgsql as $$
declare
  claimed bytea;
  holder uuid;
begin
  -- In one order, whichever of them writes: two who claim the same wait for each other, and cannot cross.
  for claimed in select each from unnest(digests) each order by each loop
    -- Waits for whoever is claiming it at this moment. Each statement that follows sees what they have committed.
    insert into twin_identities (campaign, digest, volunteer) values (in_campaign, claimed, claimant)
      on conflict do nothing;
    continue when found;
    select volunteer into holder from twin_identities where campaign = in_campaign and digest = claimed;
    continue when holder = claimant;
    if not exists (select from volunteers where id = holder and repeat_of is null and state <> 'withdrawn') then
      update twin_identities set volunteer = claimant
        where campaign = in_campaign and digest = claimed and volunteer = holder;
      continue when found;
    end if;
    raise exception 'a person has one registration that counts' using
      errcode = 'unique_violation', table = 'volunteers', constraint = 'one_registration_per_person';
  end loop;
end $$;

create or replace function person_of_registration() returns trigger language plpgsql as $$
declare digests bytea[];
begin
  if octet_length(new.identity_digest) > 34 then
    digests := digests_in(new.identity_digest);
    new.identity_digest := digests[1];
    if new.repeat_of is null and new.state <> 'withdrawn' then
      perform claim_identity(new.campaign, digests, new.id);
    end if;
    new.person := coalesce(
      (select person from volunteers where id = new.repeat_of),
      (select person from volunteers where identity_digest = any(digests) order by registered_at desc limit 1),
      (select v.person from former_identities f join volunteers v on v.id = f.volunteer
        where f.digest = any(digests) order by f.until desc limit 1),
      new.id);
    return new;
  end if;
  new.person := coalesce(
    (select person from volunteers where id = new.repeat_of),
    (select person from volunteers where identity_digest = new.identity_digest order by registered_at desc limit 1),
    (select v.person from former_identities f join volunteers v on v.id = f.volunteer
      where f.digest = new.identity_digest order by f.until desc limit 1),
    new.id);
  return new;
end $$;

create function identity_of_registration() returns trigger language plpgsql as $$
declare digests bytea[] := digests_in(new.identity_digest);
begin
  new.identity_digest := digests[1];
  if new.repeat_of is null and new.state <> 'withdrawn' then
    perform claim_identity(new.campaign, digests, new.id);
  end if;
  return new;
end $$;
create trigger identity_of_registration before update of identity_digest on volunteers
  for each row when (octet_length(new.identity_digest) > 34) execute function identity_of_registration();
