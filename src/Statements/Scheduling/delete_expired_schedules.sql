-- Removes some schedules for good that were kept for as long as they are.
DELETE FROM removed_schedules
WHERE bucket = :bucket AND id IN (SELECT id FROM removed_schedules WHERE bucket = :bucket AND removed_at < :before ORDER BY removed_at LIMIT :limit);
