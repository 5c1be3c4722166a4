-- Sets what waits of a schedule, and when claims are to take it: its backfill begins, waits, goes on or ends.
UPDATE schedules SET waiting = :waiting, next_start_at = :next_start_at WHERE bucket = :bucket AND id = :id;
