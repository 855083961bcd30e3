-- What a centre's staff did, two roles do now: staff, and whoever answers for the centre. A key that was made before may
-- do what it could.
update keys set role = 'lead' where role = 'staff';
