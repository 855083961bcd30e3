-- Whoever watches an evening is told who is asked and who no longer is, also who was released: the one index by surplus
-- leaves those out.
create index invitations_by_surplus on invitations (surplus);
