-- What an install has used of what it was granted, and when last.
SELECT capability, last_used_at FROM capability_uses WHERE bucket = :bucket AND install_id = :install AND tenant = :tenant ORDER BY capability;
