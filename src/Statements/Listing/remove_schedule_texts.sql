-- Forgets by what the schedules of an install are found, before they go.
DELETE FROM schedule_texts
WHERE bucket = :bucket AND id IN (SELECT s.id FROM schedules s WHERE s.bucket = :bucket AND s.install_id = :install);
