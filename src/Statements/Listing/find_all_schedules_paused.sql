-- All tenants' schedules that have a pause of their own.
SELECT l.* FROM listed_schedules l WHERE l.pause IS NOT NULL LIMIT :limit;
