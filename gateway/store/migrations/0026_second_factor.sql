-- What a token is for. `manage` is handed to whoever registers, `letter` comes with a message, and `personal` to whoever
-- holds one of the others and knows the birth date.
alter table tokens drop constraint tokens_purpose_check;
alter table tokens add constraint tokens_purpose_check
  check (purpose in ('manage', 'letter', 'answer', 'personal'));

-- How often somebody has tried in vain of late, by keyed digest: of a token, a person, an address on the network.
create table wrong_tries (
  key bytea primary key,
  count integer not null,
  -- From then on it counts anew.
  until timestamptz not null
);
