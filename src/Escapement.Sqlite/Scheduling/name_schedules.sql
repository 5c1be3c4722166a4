-- Differs: PostgreSQL takes all schedules of a bucket at once, since a statement costs it more than what it finds; SQLite one at a time.
-- What a schedule is called, also one that was deleted and is kept.
SELECT coalesce(s.name, s.method || ' ' || s.path) FROM schedules s WHERE s.bucket = :bucket AND s.id = :id AND s.tenant = :tenant
UNION ALL
SELECT coalesce(r.name, r.method || ' ' || r.path) FROM removed_schedules r WHERE r.bucket = :bucket AND r.id = :id AND r.tenant = :tenant
LIMIT 1;
