-- The install's state and its bucket of changes, held until the change is written: so quota, names and rate hold across nodes.
SELECT enabled, rate_level, rate_at FROM installs WHERE bucket = :bucket AND id = :install AND tenant = :tenant
FOR NO KEY UPDATE;
