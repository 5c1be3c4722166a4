-- Counts the failures in a row of an install's schedules from none again.
UPDATE schedules SET failures = 0 WHERE bucket = :bucket AND install_id = :install AND failures > 0;
