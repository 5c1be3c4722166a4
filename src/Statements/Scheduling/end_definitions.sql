-- Ends the definitions in force of an install's schedules, all of them or those that are enabled.
UPDATE schedule_definitions SET until_at = :now
WHERE bucket = :bucket AND until_at IS NULL
  AND schedule_id IN (SELECT s.id FROM schedules s WHERE s.bucket = :bucket AND s.install_id = :install AND (:all OR s.enabled));
