-- Differs: PostgreSQL takes many runs out of a table of their own; SQLite looks at the one row, and at its schedule.
-- A run that is still held with this token, in this attempt, and whether its schedule is still there. The columns are in the order in
-- which Outcomes reads them.
SELECT r.id, r.tenant, r.install_id, r.schedule_id, r.due_at, r.trigger_kind, r.attempt, r.lost_attempts, r.stopped_attempts, r.created_at,
       r.started_at, r.lease_until, r.node, r.asked, r.earlier_attempts, r.payload_revision,
       EXISTS (SELECT 1 FROM schedules s WHERE s.id = r.schedule_id)
FROM runs r
WHERE r.id = :id AND r.tenant = :tenant AND r.lease_token = :token AND r.attempt = :attempt AND r.state = 1;
