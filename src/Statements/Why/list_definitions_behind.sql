-- Those that began at an instant or later, the first of them first. The columns are in the order in which StoredDefinition reads them.
SELECT cron, time_zone, state, since, until_at, changed_by, number, spread
FROM schedule_definitions
WHERE bucket = :bucket AND schedule_id = :schedule AND install_id = :install AND tenant = :tenant AND since >= :at
ORDER BY number
LIMIT :limit;
