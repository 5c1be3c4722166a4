-- Removes some installs for good that were kept for as long as they are.
DELETE FROM removed_installs
WHERE bucket = :bucket AND id IN (SELECT id FROM removed_installs WHERE bucket = :bucket AND removed_at < :before ORDER BY removed_at LIMIT :limit);
