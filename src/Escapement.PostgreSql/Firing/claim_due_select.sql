-- Schedules that are due, by due time. Rows that somebody else is changing now are left for the next look. The columns are in
-- the order in which DueRow reads them.
SELECT id, next_due_at, tenant, install_id, active_run_id, cron, time_zone, method, path, retry, payload
FROM schedules
WHERE bucket = :bucket AND next_due_at <= :now
ORDER BY next_due_at, id
LIMIT :limit
FOR UPDATE SKIP LOCKED;
