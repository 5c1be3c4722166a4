-- Takes runs, which are held, out of those under way.
DELETE FROM running_runs WHERE bucket = :bucket AND schedule_id = ANY (:schedules);
