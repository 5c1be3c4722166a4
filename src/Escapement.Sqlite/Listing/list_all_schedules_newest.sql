-- Differs: as list_all_schedules_created.
-- All schedules after a place, newest first: ids sort by time.
SELECT l.* FROM listed_schedules l WHERE l.id < :id ORDER BY l.id DESC LIMIT :limit;
