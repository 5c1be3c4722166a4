-- Writes down the definition of a schedule, which is as the change leaves it.
INSERT INTO schedule_definitions (bucket, schedule_id, number, tenant, install_id, cron, time_zone, state, since, until_at, changed_by, spread)
SELECT s.bucket, s.id, coalesce((SELECT max(d.number) FROM schedule_definitions d WHERE d.bucket = :bucket AND d.schedule_id = s.id), 0) + 1,
       s.tenant, s.install_id, s.cron, s.time_zone, :state, :now, :until, :by, :spread
FROM schedules s
WHERE s.bucket = :bucket AND s.id = :id;
