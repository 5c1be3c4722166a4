-- The install of a tenant's schedule.
SELECT install_id FROM schedules WHERE bucket = :bucket AND id = :id AND tenant = :tenant;
