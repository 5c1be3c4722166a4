-- Differs: PostgreSQL keeps queued runs in a table of their own and moves the rows; SQLite changes them where they lie.
-- Gives up all queued runs of an install that is being removed.
UPDATE runs SET state = 6, reason = :reason, available_at = NULL, finished_at = :now WHERE state = 0 AND install_id = :install;
