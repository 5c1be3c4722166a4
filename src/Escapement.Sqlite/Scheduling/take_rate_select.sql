-- The install's state and its bucket of changes, read inside the change's transaction.
SELECT enabled, rate_level, rate_at FROM installs WHERE id = :install AND tenant = :tenant;
