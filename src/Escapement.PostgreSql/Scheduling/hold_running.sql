-- Differs: PostgreSQL keeps runs that are under way in a table of their own, and holds them; SQLite has one writer and the ledger.
-- The runs of an install that are under way, held so that none ends before its schedule is there again, and would stay open on it for ever.
SELECT schedule_id, id FROM running_runs WHERE bucket = :bucket AND install_id = :install ORDER BY schedule_id
FOR UPDATE;
