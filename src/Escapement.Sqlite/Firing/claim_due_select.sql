-- Differs: PostgreSQL holds the rows and takes them as its index has them; SQLite has one writer and sorts by the id too.
-- Schedules that are due, by start time. The columns are in the order in which ClaimBucket reads them.
SELECT id, next_due_at, last_due_at, tenant, install_id, active_run_id, cron, time_zone, method, path, policy, payload, next_start_at,
       waiting, failures, pause, held, skips, payload_revision, updated_at
FROM schedules
WHERE next_start_at <= :now
ORDER BY next_start_at, id
LIMIT :limit;
