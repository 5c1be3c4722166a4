-- Removes pauses of installs that are about to go for good.
DELETE FROM pauses
WHERE bucket = :bucket AND install_id IN (SELECT id FROM removed_installs WHERE bucket = :bucket AND removed_at < :before ORDER BY removed_at LIMIT :limit);
