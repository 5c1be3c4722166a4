-- The due time of the latest run of any backfill of a schedule; no other may have the same.
SELECT max(due_at) FROM all_runs WHERE bucket = :bucket AND schedule_id = :schedule AND trigger_kind = 3;
