-- Differs: PostgreSQL takes all at once, since a statement costs it more than what it finds; SQLite one at a time.
-- A tenant's schedules of some ids.
SELECT l.* FROM listed_schedules l WHERE l.bucket = :bucket AND l.id = ANY (:ids) AND l.tenant = :tenant;
