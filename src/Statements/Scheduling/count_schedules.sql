-- How many schedules an install has, for the quota.
SELECT count(*) FROM schedules WHERE bucket = :bucket AND install_id = :install;
