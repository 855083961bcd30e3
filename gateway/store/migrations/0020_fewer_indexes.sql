-- Each registration is entered in every index of its rows. One that leads to a person by campaign and number adds
-- nothing to the one by number alone; and of the lines of the audit only few are about a surplus.
drop index volunteers_by_identity;
drop index audit_by_surplus;
create index audit_by_surplus on audit ((facts->>'surplus'), id) where facts->>'surplus' is not null;
