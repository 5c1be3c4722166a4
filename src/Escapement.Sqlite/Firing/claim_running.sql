-- Differs: PostgreSQL keeps the runs under way in a table of their own; SQLite in the ledger.
-- How many runs are under way for each install, for the limits; reads one small partial index.
SELECT install_id, tenant, count(*) FROM runs WHERE state = 1 GROUP BY install_id, tenant;
