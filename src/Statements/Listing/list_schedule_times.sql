-- The times of a tenant's schedules that have a start, and how many have each.
SELECT s.cron, s.time_zone, count(*)
FROM schedules s
WHERE s.bucket = :bucket AND s.tenant = :tenant AND s.next_start_at IS NOT NULL
GROUP BY s.cron, s.time_zone;
