-- Holds all schedules of one install until they are changed or gone, in the order in which everybody does. The embedded store has one
-- writer instead.
SELECT id FROM schedules WHERE bucket = :bucket AND install_id = :install ORDER BY id FOR UPDATE;
