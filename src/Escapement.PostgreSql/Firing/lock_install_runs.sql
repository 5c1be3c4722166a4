-- Holds an install's open runs still while the install is removed, in the order in which outcomes are written: run, then schedule.
-- The embedded store has one writer instead.
SELECT id FROM runs WHERE bucket = :bucket AND tenant = :tenant AND install_id = :install AND state IN (0, 1) ORDER BY id FOR UPDATE;
