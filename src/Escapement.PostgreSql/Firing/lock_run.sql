-- Holds a run still while its schedule is deleted, in the order in which outcomes are written: run, then schedule. The embedded
-- store has one writer instead.
SELECT id FROM runs WHERE bucket = :bucket AND id = :id FOR UPDATE;
