-- Makes a schema of Escapement distributed over a Citus cluster: what belongs to tenants by the bucket, so that a claim, an outcome
-- or a call of one tenant is answered by one shard; the registry as reference tables, which every node of the cluster holds.
--
--   psql -v schema=escapement -f deploy/citus/distribute.sql "host=... dbname=... user=..."
--
-- Stop all nodes before; start them again after. It can be run again, after an interruption or for nothing. Each step is a
-- transaction of its own, because one for all would hold thousands of locks. docs/guides/citus.md says more.

\set ON_ERROR_STOP on
\t on
\if :{?schema}
\else
  \set schema escapement
\endif

SET search_path TO :"schema";
SET client_min_messages TO warning;

DO $$
BEGIN
  IF to_regclass('pg_dist_partition') IS NULL THEN
    RAISE EXCEPTION 'This database has no Citus' USING HINT = 'Run CREATE EXTENSION citus in it first.';
  ELSIF to_regclass('schedules') IS NULL OR to_regclass('migrations') IS NULL THEN
    RAISE EXCEPTION 'Schema % holds no tables of Escapement', coalesce(current_schema(), 'as named')
      USING HINT = 'Start one node on it once and stop it again, or name the schema: psql -v schema=...';
  END IF;
END $$;

-- Distribution refuses tables that refer to others. They get their references back at the end.
DO $$
BEGIN
  IF EXISTS (
    SELECT 1
    FROM unnest(ARRAY['migrations', 'copies', 'versions', 'endpoints', 'bundles', 'compilations', 'keys', 'tokens',
                      'buckets', 'compiled_code', 'installs', 'schedules', 'queued_runs', 'running_runs', 'runs', 'audit', 'health']) AS t (name)
    WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition d WHERE d.logicalrelid = t.name::regclass)
  ) THEN
    ALTER TABLE endpoints DROP CONSTRAINT IF EXISTS endpoints_version;
    ALTER TABLE bundles DROP CONSTRAINT IF EXISTS bundles_version;
    ALTER TABLE installs DROP CONSTRAINT IF EXISTS installs_version;
    ALTER TABLE installs DROP CONSTRAINT IF EXISTS installs_previous_version;
    ALTER TABLE schedules DROP CONSTRAINT IF EXISTS schedules_install;
  END IF;
END $$;

-- What belongs to no tenant.
SELECT create_reference_table('migrations') WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'migrations'::regclass);
SELECT create_reference_table('copies') WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'copies'::regclass);
SELECT create_reference_table('versions') WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'versions'::regclass);
SELECT create_reference_table('endpoints') WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'endpoints'::regclass);
SELECT create_reference_table('bundles') WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'bundles'::regclass);
SELECT create_reference_table('compilations') WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'compilations'::regclass);
SELECT create_reference_table('keys') WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'keys'::regclass);
SELECT create_reference_table('tokens') WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'tokens'::regclass);

-- What belongs to tenants: colocated, so that the rows of one bucket lie on one machine. Their partitions go with them, and so
-- do those that nodes make later, because Citus distributes a new partition of a distributed table by itself.
SELECT create_distributed_table('buckets', 'bucket', colocate_with => 'none')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'buckets'::regclass);
SELECT create_distributed_table('compiled_code', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'compiled_code'::regclass);
SELECT create_distributed_table('installs', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'installs'::regclass);
SELECT create_distributed_table('schedules', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'schedules'::regclass);
SELECT create_distributed_table('queued_runs', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'queued_runs'::regclass);
SELECT create_distributed_table('running_runs', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'running_runs'::regclass);
SELECT create_distributed_table('runs', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'runs'::regclass);
SELECT create_distributed_table('audit', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'audit'::regclass);
SELECT create_distributed_table('health', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'health'::regclass);

-- The rows were copied to the shards; Citus leaves the old ones behind, invisible. Only as long as nothing refers to anything.
DO $$
DECLARE
  name text;
BEGIN
  IF to_regprocedure('truncate_local_data_after_distributing_table(regclass)') IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace) THEN
    FOREACH name IN ARRAY ARRAY['migrations', 'copies', 'versions', 'endpoints', 'bundles', 'compilations', 'keys', 'tokens',
                                'buckets', 'compiled_code', 'installs', 'schedules', 'queued_runs', 'running_runs', 'runs', 'audit', 'health'] LOOP
      PERFORM truncate_local_data_after_distributing_table(name::regclass);
    END LOOP;
  END IF;
END $$;

-- The references again, each in a step of its own.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'endpoints_version' AND conrelid = 'endpoints'::regclass) THEN
    ALTER TABLE endpoints ADD CONSTRAINT endpoints_version FOREIGN KEY (version_id) REFERENCES versions (id);
  END IF;
END $$;

DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'bundles_version' AND conrelid = 'bundles'::regclass) THEN
    ALTER TABLE bundles ADD CONSTRAINT bundles_version FOREIGN KEY (version_id) REFERENCES versions (id);
  END IF;
END $$;

DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'installs_version' AND conrelid = 'installs'::regclass) THEN
    ALTER TABLE installs ADD CONSTRAINT installs_version FOREIGN KEY (version_id) REFERENCES versions (id);
  END IF;
END $$;

DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'installs_previous_version' AND conrelid = 'installs'::regclass) THEN
    ALTER TABLE installs ADD CONSTRAINT installs_previous_version FOREIGN KEY (previous_version_id) REFERENCES versions (id);
  END IF;
END $$;

DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'schedules_install' AND conrelid = 'schedules'::regclass) THEN
    ALTER TABLE schedules ADD CONSTRAINT schedules_install FOREIGN KEY (bucket, install_id) REFERENCES installs (bucket, id);
  END IF;
END $$;

-- Nothing may be left behind: a table that is neither would be joined across machines, or not at all.
DO $$
DECLARE
  left_behind text;
BEGIN
  SELECT string_agg(c.relname, ', ' ORDER BY c.relname) INTO left_behind
  FROM pg_class c
  WHERE c.relnamespace = current_schema()::regnamespace
    AND (c.relname IN ('migrations', 'copies', 'versions', 'endpoints', 'bundles', 'compilations', 'keys', 'tokens',
                       'buckets', 'compiled_code', 'installs', 'schedules', 'queued_runs', 'running_runs', 'runs', 'audit', 'health')
         OR EXISTS (SELECT 1 FROM pg_inherits i WHERE i.inhrelid = c.oid AND i.inhparent IN ('runs'::regclass, 'audit'::regclass)))
    AND c.relkind IN ('r', 'p')
    AND NOT EXISTS (SELECT 1 FROM pg_dist_partition d WHERE d.logicalrelid = c.oid);
  IF left_behind IS NOT NULL THEN
    RAISE EXCEPTION 'Not distributed: %', left_behind;
  END IF;
END $$;
