-- Differs: PostgreSQL keeps runs that are under way in a table of their own, and holds them; SQLite has one writer and the ledger.
-- The runs of an install that are under way.
SELECT schedule_id, id FROM runs WHERE state = 1 AND install_id = :install;
