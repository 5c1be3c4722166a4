-- A tenant's schedules that have a pause of their own.
SELECT l.* FROM listed_schedules l WHERE l.bucket = :bucket AND l.tenant = :tenant AND l.pause IS NOT NULL LIMIT :limit;
