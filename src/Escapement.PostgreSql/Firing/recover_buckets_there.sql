-- Differs: only where the schema is distributed. It leaves out buckets whose machine is away, which Citus sees only if every table
-- is told of them by itself; a plain PostgreSQL takes recover_buckets, which is spared these conditions.
-- The buckets, among some, in which leases ran out.
SELECT DISTINCT bucket FROM running_runs WHERE bucket = ANY (:buckets) AND lease_until < :now;
