-- Whoever audits a region reads its chain as far as they reach, like everything else.
grant select on audit_links, audit_checkpoints to everydose_tenant;
alter table audit_links enable row level security;
create policy within_reach on audit_links for select to everydose_tenant
  using (region = any((select tenant_regions())::text[]));
alter table audit_checkpoints enable row level security;
create policy within_reach on audit_checkpoints for select to everydose_tenant
  using (region = any((select tenant_regions())::text[]));
