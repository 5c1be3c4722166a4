-- Forgets what installs used that are about to go for good.
DELETE FROM capability_uses
WHERE bucket = :bucket AND install_id IN (SELECT id FROM removed_installs WHERE bucket = :bucket AND removed_at < :before ORDER BY removed_at LIMIT :limit);
