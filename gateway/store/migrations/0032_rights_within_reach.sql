-- What of these a caller may see and write, by their regions (0025). Tombstones are the gateway's own.

grant select on consent_texts to everydose_tenant;

grant select, insert, update on consents to everydose_tenant;
alter table consents enable row level security;
create policy within_reach on consents to everydose_tenant
  using (region = any((select tenant_regions())::text[]));

grant select, insert, update on message_counts to everydose_tenant;
alter table message_counts enable row level security;
create policy within_reach on message_counts to everydose_tenant
  using (region = any((select tenant_regions())::text[]));

grant select, insert, update on contact_confirmations to everydose_tenant;
alter table contact_confirmations enable row level security;
create policy within_reach on contact_confirmations to everydose_tenant
  using (region = any((select tenant_regions())::text[]));

grant select, update on erasures, erasure_receipts to everydose_tenant;
alter table erasures enable row level security;
create policy within_reach on erasures to everydose_tenant
  using (region = any((select tenant_regions())::text[]));
alter table erasure_receipts enable row level security;
create policy within_reach on erasure_receipts to everydose_tenant
  using (region = any((select tenant_regions())::text[]));
