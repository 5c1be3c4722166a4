-- Differs: PostgreSQL takes all at once, since a statement costs it more than what it finds; SQLite one at a time.
-- A tenant's schedule of an id.
SELECT l.* FROM listed_schedules l WHERE l.id = :id AND l.tenant = :tenant;
