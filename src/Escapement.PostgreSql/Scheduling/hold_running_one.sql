-- Differs: PostgreSQL keeps runs that are under way in a table of their own, and holds them; SQLite has one writer and the ledger.
-- The run of a schedule that is under way, held so that it does not end before the schedule is there again, and would stay open on it for ever. Those
-- of the install's other schedules go on.
SELECT id FROM running_runs WHERE bucket = :bucket AND install_id = :install AND schedule_id = :schedule
FOR UPDATE;
