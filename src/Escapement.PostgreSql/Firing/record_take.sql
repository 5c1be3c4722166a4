-- Differs: PostgreSQL takes many runs out of a table of their own; SQLite looks at the one row, and at its schedule.
-- Takes runs that are still held with their token, in their attempt, out of those under way; answers them. The columns are in the
-- order in which SettledRuns reads them. One token at a time, as in record_run.
DELETE FROM running_runs
WHERE bucket = :bucket AND schedule_id = ANY (:schedules) AND lease_token = :token AND attempt = :attempt
RETURNING id, tenant, install_id, schedule_id, due_at, trigger_kind, attempt, lost_attempts, stopped_attempts, created_at, started_at,
          lease_until, node, asked, earlier_attempts, payload_revision;
