-- By which definitions a schedule was due at some time of a range. The columns are in the order in which StoredDefinition reads them.
SELECT cron, time_zone, state, since, until_at, changed_by, number, spread
FROM schedule_definitions
WHERE bucket = :bucket AND schedule_id = :schedule AND state = 0 AND since < :to AND (until_at IS NULL OR until_at >= :from)
ORDER BY number
LIMIT :limit;
