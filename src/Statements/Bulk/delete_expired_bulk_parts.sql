-- Removes parts of some changes of many that ended so long ago that they cannot be taken back.
DELETE FROM bulk_parts
WHERE bucket = :bucket AND bulk_id IN (SELECT id FROM bulk_changes WHERE bucket = :bucket AND ended_at < :before ORDER BY ended_at LIMIT :limit);
