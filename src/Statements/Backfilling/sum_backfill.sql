-- What became of the runs of a backfill, by state.
SELECT state, count(*), min(created_at), max(finished_at)
FROM all_runs
WHERE bucket = :bucket AND schedule_id = :schedule AND tenant || '' = :tenant AND install_id = :install AND trigger_kind IN (2, 3) AND asked LIKE :backfill
GROUP BY state;
