-- Differs: PostgreSQL takes the runs of one bucket, so many at once, and holds them; SQLite has one writer.
-- Runs whose lease ran out, and whether their schedule and install are still there.
SELECT r.id, r.schedule_id, r.lost_attempts,
       EXISTS (SELECT 1 FROM schedules s WHERE s.id = r.schedule_id),
       EXISTS (SELECT 1 FROM installs i WHERE i.id = r.install_id)
FROM runs r
WHERE r.state = 1 AND r.lease_until < :now;
