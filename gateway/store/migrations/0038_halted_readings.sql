-- Since when a reading of a list rests, because somebody halted it; it goes on where it stood.
alter table readings add column halted_at timestamptz;
