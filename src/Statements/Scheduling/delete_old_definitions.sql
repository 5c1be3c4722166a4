-- Deletes some definitions that were in force until long ago. The one in force stays, however old.
DELETE FROM schedule_definitions
WHERE bucket = :bucket AND (schedule_id, number) IN (
  SELECT schedule_id, number FROM schedule_definitions WHERE bucket = :bucket AND until_at < :before ORDER BY until_at LIMIT :limit
);
