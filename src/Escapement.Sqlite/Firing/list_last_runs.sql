-- Differs: PostgreSQL takes all schedules of a bucket at once, since a statement costs it more than what it finds; SQLite one at a time.
-- The last runs of one schedule, newest first, in short. The tenant is compared as an expression, so that SQLite does not walk the tenant's runs instead.
SELECT id, due_at, state, started_at, finished_at
FROM all_runs
WHERE bucket = :bucket AND schedule_id = :schedule AND tenant || '' = :tenant
ORDER BY due_at DESC, id DESC
LIMIT :limit;
