-- All tenants' schedules whose last runs failed.
SELECT l.* FROM listed_schedules l WHERE l.failures > 0 LIMIT :limit;
