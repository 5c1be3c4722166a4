-- Who holds a name in an install. Text compares byte by byte, which is ordinally.
SELECT id FROM schedules WHERE install_id = :install AND name = :name AND tenant = :tenant;
