-- Whether an install is there, which does not go before the pause of it is written. Changes of its schedules go on.
SELECT 1 FROM installs WHERE bucket = :bucket AND id = :install AND tenant = :tenant
FOR KEY SHARE;
