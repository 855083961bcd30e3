-- Whoever was asked before 0005 stands in the order like everybody else.

-- 0005 wrote the place alone, which sorts after every rank of the engine's: people asked since counted as before
-- them, and were told that nobody was.
update invitations set rank = concat_ws(' ',
  '00',
  lpad(coalesce((
    select min(turn) - 1
    from policies, jsonb_array_elements(rules->'order') with ordinality as groups (written, turn)
    where policies.region = invitations.region
      and version = (reason->>'policyVersion')::int
      and written->>'name' = reason->>'group'), 99)::text, 2, '0'),
  to_char(birth_date, 'YYYY-MM-DD'),
  volunteers.id)
from volunteers
where volunteers.id = invitations.volunteer and rank ~ '^\d{6}$';
