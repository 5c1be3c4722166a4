-- The definitions of a schedule before one of them, the latest first. The columns are in the order in which StoredDefinition reads them.
SELECT cron, time_zone, state, since, until_at, changed_by, number, spread
FROM schedule_definitions
WHERE bucket = :bucket AND schedule_id = :schedule AND install_id = :install AND tenant = :tenant AND number < :before
ORDER BY number DESC
LIMIT :limit;
