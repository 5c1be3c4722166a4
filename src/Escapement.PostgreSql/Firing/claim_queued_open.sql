-- Differs: PostgreSQL moves many runs from one table to another; SQLite changes the row where it lies.
-- Takes queued runs, which are held, under a lease; claim_queued_take takes them out of the queue then. In two statements, because a
-- distributed database carries what one deletes and inserts over its coordinator. What is left of the attempts before them is in
-- earlier_attempts.
INSERT INTO running_runs (bucket, schedule_id, id, tenant, install_id, due_at, trigger_kind, attempt, lost_attempts, stopped_attempts,
                          lease_token, lease_until, created_at, started_at, node, payload_revision, asked, earlier_attempts)
SELECT q.bucket, q.schedule_id, q.id, q.tenant, q.install_id, q.due_at, q.trigger_kind, q.attempt + 1, q.lost_attempts, q.stopped_attempts,
       :token, :until, q.created_at, :now, :node, v.payload_revision, q.asked, q.earlier_attempts
FROM queued_runs q
JOIN unnest(:schedules, :payload_revisions) AS v (schedule_id, payload_revision) ON v.schedule_id = q.schedule_id
WHERE q.bucket = :bucket AND q.schedule_id = ANY (:schedules);
