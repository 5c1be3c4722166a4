-- Differs: PostgreSQL keeps the runs under way in a table of their own; SQLite in the ledger.
-- How many runs are under way for each install of the bucket, for the limits.
SELECT install_id, tenant, count(*)::integer FROM running_runs WHERE bucket = :bucket GROUP BY install_id, tenant;
