-- Keeps the bucket's level with the install, so that the limit is one for all nodes and outlives a restart.
UPDATE installs SET rate_level = :level, rate_at = :at WHERE bucket = :bucket AND id = :install;
