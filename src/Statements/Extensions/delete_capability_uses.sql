-- Forgets what an install used that is gone for good.
DELETE FROM capability_uses WHERE bucket = :bucket AND install_id = :install AND tenant = :tenant;
