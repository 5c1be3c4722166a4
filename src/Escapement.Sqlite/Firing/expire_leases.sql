-- At start: the folder's lock proves that nobody else holds a lease, so all are over. The PostgreSQL store has no such step.
UPDATE runs SET lease_until = 0 WHERE state = 1;
