-- Differs: only where the schema is distributed. It leaves out buckets whose machine is away, which Citus sees only if every table
-- is told of them by itself; a plain PostgreSQL takes health_read, which is spared these conditions.
-- Whether some buckets can be read: touches one table.
SELECT count(*) FROM buckets WHERE bucket = ANY (:buckets);
