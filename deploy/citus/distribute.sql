-- Makes a schema of Escapement distributed over a Citus cluster: what belongs to tenants by the bucket, so that a claim, an outcome
-- or a call of one tenant is answered by one shard; the registry as reference tables, which every node of the cluster holds.
--
--   psql -v schema=escapement -f deploy/citus/distribute.sql "host=... dbname=... user=..."
--
-- The 32 buckets are spread by hash over so many shards: 16, unless -v shards=... says otherwise. On 16 they fill 14; what looks at all of
-- them costs the more the more there are.
--
-- Connect as the user that nodes connect as. Stop all nodes before; start them again after. It can be run again, after an interruption
-- or for nothing. Each step is a transaction of its own, because one for all would hold thousands of locks. docs/guides/citus.md says
-- more.

\set ON_ERROR_STOP on
\t on
\if :{?schema}
\else
  \set schema escapement
\endif
\if :{?shards}
\else
  \set shards 16
\endif

SET search_path TO :"schema";
SET client_min_messages TO warning;

DO $$
BEGIN
  IF to_regclass('pg_dist_partition') IS NULL THEN
    RAISE EXCEPTION 'This database has no Citus' USING HINT = 'Run CREATE EXTENSION citus in it first.';
  ELSIF to_regclass('schedules') IS NULL OR to_regclass('migrations') IS NULL THEN
    RAISE EXCEPTION 'Schema % holds no tables of Escapement', coalesce(current_schema(), 'as named')
      USING HINT = 'Run escapement-server migrate on it first, or name the schema: psql -v schema=...';
  END IF;
END $$;

-- What nodes set on their connections stays on the coordinator. The user's own settings go with it to every machine.
DO $$
BEGIN
  EXECUTE format('ALTER ROLE %I IN DATABASE %I SET enable_seqscan = off', current_user, current_database());
  EXECUTE format('ALTER ROLE %I IN DATABASE %I SET jit = off', current_user, current_database());
END $$;

-- Distribution refuses tables that refer to others. They get their references back at the end. What is done is seen from how a table is
-- distributed: by a column ('h'), or the same on every machine ('n' and 't'). One that merely refers to such a table is in the catalog too.
DO $$
BEGIN
  IF EXISTS (
    SELECT 1
    FROM unnest(ARRAY['migrations', 'copies', 'versions', 'endpoints', 'bundles', 'compilations', 'keys', 'tokens', 'sessions', 'sign_in_codes',
                      'buckets', 'compiled_code', 'installs', 'capability_uses', 'schedules', 'schedule_texts', 'pauses',
                      'removed_installs', 'removed_schedules',
                      'schedule_definitions', 'queued_runs', 'running_runs', 'runs', 'past_payloads', 'calls', 'audit', 'audit_values',
                      'bulk_changes', 'bulk_parts', 'previews', 'answers', 'nodes', 'outages', 'health']) AS t (name)
    WHERE NOT EXISTS (
      SELECT 1 FROM pg_dist_partition d WHERE d.logicalrelid = t.name::regclass AND (d.partmethod = 'h' OR (d.partmethod = 'n' AND d.repmodel = 't')))
  ) THEN
    ALTER TABLE endpoints DROP CONSTRAINT IF EXISTS endpoints_version;
    ALTER TABLE bundles DROP CONSTRAINT IF EXISTS bundles_version;
    ALTER TABLE installs DROP CONSTRAINT IF EXISTS installs_version;
    ALTER TABLE installs DROP CONSTRAINT IF EXISTS installs_previous_version;
    ALTER TABLE schedules DROP CONSTRAINT IF EXISTS schedules_install;
  END IF;
END $$;

-- What belongs to no tenant.
SELECT create_reference_table('migrations')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'migrations'::regclass AND partmethod = 'n' AND repmodel = 't');
SELECT create_reference_table('copies')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'copies'::regclass AND partmethod = 'n' AND repmodel = 't');
SELECT create_reference_table('versions')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'versions'::regclass AND partmethod = 'n' AND repmodel = 't');
SELECT create_reference_table('endpoints')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'endpoints'::regclass AND partmethod = 'n' AND repmodel = 't');
SELECT create_reference_table('bundles')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'bundles'::regclass AND partmethod = 'n' AND repmodel = 't');
SELECT create_reference_table('compilations')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'compilations'::regclass AND partmethod = 'n' AND repmodel = 't');
SELECT create_reference_table('keys')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'keys'::regclass AND partmethod = 'n' AND repmodel = 't');
SELECT create_reference_table('tokens')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'tokens'::regclass AND partmethod = 'n' AND repmodel = 't');
SELECT create_reference_table('sessions')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'sessions'::regclass AND partmethod = 'n' AND repmodel = 't');
SELECT create_reference_table('sign_in_codes')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'sign_in_codes'::regclass AND partmethod = 'n' AND repmodel = 't');

-- What belongs to tenants: colocated, so that the rows of one bucket lie on one machine. Their partitions go with them, and so
-- do those that nodes make later, because Citus distributes a new partition of a distributed table by itself.
SELECT create_distributed_table('buckets', 'bucket', colocate_with => 'none', shard_count => :shards)
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'buckets'::regclass AND partmethod = 'h');
SELECT create_distributed_table('compiled_code', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'compiled_code'::regclass AND partmethod = 'h');
SELECT create_distributed_table('installs', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'installs'::regclass AND partmethod = 'h');
SELECT create_distributed_table('capability_uses', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'capability_uses'::regclass AND partmethod = 'h');
SELECT create_distributed_table('schedules', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'schedules'::regclass AND partmethod = 'h');
SELECT create_distributed_table('schedule_texts', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'schedule_texts'::regclass AND partmethod = 'h');
SELECT create_distributed_table('pauses', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'pauses'::regclass AND partmethod = 'h');
SELECT create_distributed_table('removed_installs', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'removed_installs'::regclass AND partmethod = 'h');
SELECT create_distributed_table('removed_schedules', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'removed_schedules'::regclass AND partmethod = 'h');
SELECT create_distributed_table('schedule_definitions', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'schedule_definitions'::regclass AND partmethod = 'h');
SELECT create_distributed_table('queued_runs', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'queued_runs'::regclass AND partmethod = 'h');
SELECT create_distributed_table('running_runs', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'running_runs'::regclass AND partmethod = 'h');
SELECT create_distributed_table('runs', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'runs'::regclass AND partmethod = 'h');
SELECT create_distributed_table('past_payloads', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'past_payloads'::regclass AND partmethod = 'h');
SELECT create_distributed_table('calls', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'calls'::regclass AND partmethod = 'h');
SELECT create_distributed_table('audit', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'audit'::regclass AND partmethod = 'h');
SELECT create_distributed_table('audit_values', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'audit_values'::regclass AND partmethod = 'h');
SELECT create_distributed_table('bulk_changes', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'bulk_changes'::regclass AND partmethod = 'h');
SELECT create_distributed_table('bulk_parts', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'bulk_parts'::regclass AND partmethod = 'h');
SELECT create_distributed_table('previews', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'previews'::regclass AND partmethod = 'h');
SELECT create_distributed_table('answers', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'answers'::regclass AND partmethod = 'h');
SELECT create_distributed_table('nodes', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'nodes'::regclass AND partmethod = 'h');
SELECT create_distributed_table('outages', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'outages'::regclass AND partmethod = 'h');
SELECT create_distributed_table('health', 'bucket', colocate_with => 'buckets')
WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'health'::regclass AND partmethod = 'h');

-- The rows were copied to the shards; Citus leaves the old ones behind, invisible. Only as long as nothing refers to anything.
DO $$
DECLARE
  name text;
BEGIN
  IF to_regprocedure('truncate_local_data_after_distributing_table(regclass)') IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace) THEN
    FOREACH name IN ARRAY ARRAY['migrations', 'copies', 'versions', 'endpoints', 'bundles', 'compilations', 'keys', 'tokens', 'sessions', 'sign_in_codes',
                                'buckets', 'compiled_code', 'installs', 'capability_uses', 'schedules', 'schedule_texts', 'pauses',
                                'removed_installs', 'removed_schedules',
                                'schedule_definitions', 'queued_runs', 'running_runs', 'runs', 'past_payloads', 'calls', 'audit', 'audit_values',
                                'bulk_changes', 'bulk_parts', 'previews', 'answers', 'nodes', 'outages', 'health'] LOOP
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
    AND (c.relname IN ('migrations', 'copies', 'versions', 'endpoints', 'bundles', 'compilations', 'keys', 'tokens', 'sessions', 'sign_in_codes',
                       'buckets', 'compiled_code', 'installs', 'capability_uses', 'schedules', 'schedule_texts', 'pauses',
                       'removed_installs', 'removed_schedules',
                       'schedule_definitions', 'queued_runs', 'running_runs', 'runs', 'past_payloads', 'calls', 'audit', 'audit_values',
                       'bulk_changes', 'bulk_parts', 'previews', 'answers', 'nodes', 'outages', 'health')
         OR EXISTS (
           SELECT 1 FROM pg_inherits i
           WHERE i.inhrelid = c.oid AND i.inhparent IN ('runs'::regclass, 'past_payloads'::regclass, 'calls'::regclass, 'audit'::regclass)))
    AND c.relkind IN ('r', 'p')
    AND NOT EXISTS (
      SELECT 1 FROM pg_dist_partition d WHERE d.logicalrelid = c.oid AND (d.partmethod = 'h' OR (d.partmethod = 'n' AND d.repmodel = 't')));
  IF left_behind IS NOT NULL THEN
    RAISE EXCEPTION 'Not distributed: %', left_behind;
  END IF;
END $$;
