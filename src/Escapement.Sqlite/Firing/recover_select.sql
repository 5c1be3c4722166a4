-- Differs: PostgreSQL takes the runs of one bucket, so many at once, and holds them; SQLite has one writer.
-- Runs whose lease ran out, and whether their schedule and install are still there. The columns are in the order in which Outcomes
-- reads them.
SELECT r.id, r.tenant, r.install_id, r.schedule_id, r.due_at, r.trigger_kind, r.attempt, r.lost_attempts, r.stopped_attempts, r.created_at,
       r.started_at, r.lease_until, r.node, r.asked, r.earlier_attempts, r.payload_revision,
       EXISTS (SELECT 1 FROM schedules s WHERE s.id = r.schedule_id),
       EXISTS (SELECT 1 FROM installs i WHERE i.id = r.install_id)
FROM runs r
WHERE r.state = 1 AND r.lease_until < :now;
