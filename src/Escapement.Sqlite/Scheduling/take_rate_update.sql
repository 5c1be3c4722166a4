-- Keeps the bucket's level with the install, so that the limit outlives a restart.
UPDATE installs SET rate_level = :level, rate_at = :at WHERE id = :install;
