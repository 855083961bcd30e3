-- When an address was last written to about a person because somebody asked: anybody may ask, as often as they like.

create table told (
  -- The first registration of that person.
  person uuid not null references volunteers,
  about text not null,
  address bytea not null,
  at timestamptz not null,
  primary key (person, about, address)
);

create index volunteers_by_first on volunteers (repeat_of, registered_at) where repeat_of is not null;
