-- Differs: PostgreSQL keeps queued runs in a table of their own and moves the row; SQLite changes it where it lies.
-- Gives up a run that is still queued when its schedule is deleted.
UPDATE runs SET state = 6, reason = :reason, available_at = NULL, finished_at = :now WHERE id = :id AND state = 0;
