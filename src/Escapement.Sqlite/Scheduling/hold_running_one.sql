-- Differs: PostgreSQL keeps runs that are under way in a table of their own, and holds them; SQLite has one writer and the ledger.
-- The run of a schedule that is under way.
SELECT id FROM runs WHERE state = 1 AND install_id = :install AND schedule_id = :schedule;
