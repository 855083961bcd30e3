-- In what a platform's answers differ from its API document is known, and told once.

create table drifts (
  platform text not null,
  operation text not null,
  pointer text not null,
  keyword text not null,
  -- The document's words, and the kinds and names of what came: never a value.
  documented text not null,
  came text not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  count integer not null default 1,
  ended_at timestamptz,
  primary key (platform, operation, pointer, keyword)
);
