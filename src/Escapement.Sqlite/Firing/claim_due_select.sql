-- Schedules that are due, by due time, after a place in that order.
SELECT id, next_due_at, tenant, install_id, active_run_id, cron, time_zone, method, path, retry, payload
FROM schedules
WHERE next_due_at <= :now AND (next_due_at, id) > (:after, :after_id)
ORDER BY next_due_at, id
LIMIT :limit;
