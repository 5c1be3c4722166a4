-- Differs: PostgreSQL takes all schedules of a bucket at once, since a statement costs it more than what it finds; SQLite one at a time.
-- What schedules are called and on which clocks they are due, also those that were deleted and are kept.
SELECT s.id, coalesce(s.name, s.method || ' ' || s.path), s.time_zone
FROM unnest(:schedules, :tenants) AS w (schedule, tenant)
JOIN schedules s ON s.bucket = :bucket AND s.id = w.schedule AND s.tenant = w.tenant
UNION ALL
SELECT r.id, coalesce(r.name, r.method || ' ' || r.path), r.time_zone
FROM unnest(:schedules, :tenants) AS w (schedule, tenant)
JOIN removed_schedules r ON r.bucket = :bucket AND r.id = w.schedule AND r.tenant = w.tenant;
