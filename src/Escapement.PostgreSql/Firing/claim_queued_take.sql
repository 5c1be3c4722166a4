-- Takes queued runs, which are held and stand under a lease by now, out of the queue. The embedded store has them in one table.
DELETE FROM queued_runs WHERE bucket = :bucket AND schedule_id = ANY (:schedules);
