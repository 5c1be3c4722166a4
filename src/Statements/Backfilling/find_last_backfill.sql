-- What the latest run of any backfill of a schedule was asked by. Set in order behind an index that has few runs, and not while all are walked.
SELECT asked
FROM (
  SELECT asked, due_at, trigger_kind
  FROM all_runs
  WHERE bucket = :bucket AND schedule_id = :schedule AND tenant || '' = :tenant AND install_id = :install AND trigger_kind IN (2, 3)
  LIMIT 1000000) AS made
WHERE trigger_kind = 3
ORDER BY due_at DESC
LIMIT 1;
