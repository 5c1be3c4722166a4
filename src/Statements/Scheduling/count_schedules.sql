-- How many schedules an install has, for the quota, and how many of them have a name. Names compare byte by byte, which is ordinally.
SELECT count(*), count(CASE WHEN name = :name THEN 1 END) FROM schedules WHERE bucket = :bucket AND install_id = :install;
