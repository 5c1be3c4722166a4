-- At start: the folder's lock proves that nobody compiles, so all leases are over. The PostgreSQL store has no such step.
UPDATE compilations SET lease_until = 0 WHERE state = 1;
