-- To what somebody consented, purpose by purpose: what a registration says holds for each of them until a row here says
-- otherwise, with the text, its language and the moment.

create table consents (
  region text not null references regions,
  volunteer uuid not null references volunteers on delete cascade,
  purpose text not null check (purpose in ('called', 'next-campaign', 'share', 'helper')),
  text_version text not null,
  language text not null,
  given_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (region, volunteer, purpose)
);
create index consents_by_volunteer on consents (volunteer);

-- The texts themselves, as the operator's files had them first: a version that somebody consented to stays as it was.
create table consent_texts (
  version text not null,
  language text not null,
  text text not null,
  primary key (version, language)
);
