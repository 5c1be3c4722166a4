-- The audit entry of a backfill that has ended: what became of its runs, and how many there were none of. None is open then.
INSERT INTO audit (bucket, tenant, id, at, install_id, actor_kind, actor_id, action, target, outcome, count, detail)
SELECT :bucket, :tenant, :id, :at, :install, :actor_kind, :actor_id, :action, :target, :outcome, :count,
       count(CASE WHEN state = 2 THEN 1 END) || ' succeeded, ' || count(CASE WHEN state > 2 THEN 1 END) || ' failed, ' || (:total - count(*)) || ' left out'
       || coalesce(': ' || :detail, '')
FROM all_runs
WHERE bucket = :bucket AND schedule_id = :schedule AND trigger_kind IN (2, 3) AND asked LIKE :backfill;
