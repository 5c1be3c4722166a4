-- Who holds a name in an install. Names compare byte by byte, which is ordinally.
SELECT id FROM schedules WHERE bucket = :bucket AND install_id = :install AND name = :name AND tenant = :tenant;
