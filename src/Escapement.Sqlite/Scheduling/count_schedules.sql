-- How many schedules an install has, for the quota.
SELECT count(*) FROM schedules WHERE install_id = :install;
