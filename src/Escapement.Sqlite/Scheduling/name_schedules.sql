-- Differs: PostgreSQL takes all schedules of a bucket at once, since a statement costs it more than what it finds; SQLite one at a time.
-- What a schedule is called and on which clocks it is due, also one that was deleted and is kept.
SELECT coalesce(s.name, s.method || ' ' || s.path), s.time_zone FROM schedules s WHERE s.bucket = :bucket AND s.id = :id AND s.tenant = :tenant
UNION ALL
SELECT coalesce(r.name, r.method || ' ' || r.path), r.time_zone FROM removed_schedules r WHERE r.bucket = :bucket AND r.id = :id AND r.tenant = :tenant
LIMIT 1;
