-- Queued runs that may start, with what is needed to carry them out, after a place in that order.
SELECT r.id, r.available_at, r.tenant, r.install_id, r.schedule_id, r.due_at, r.trigger_kind, r.attempt, r.lost_attempts,
       r.stopped_attempts, s.enabled, s.method, s.path, s.retry, s.payload
FROM runs r
JOIN schedules s ON s.id = r.schedule_id
WHERE r.state = 0 AND r.available_at <= :now AND (r.available_at, r.id) > (:after, :after_id)
ORDER BY r.available_at, r.id
LIMIT :limit;
