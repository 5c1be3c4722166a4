-- Takes runs that are still held with their token out of those under way; answers them. The columns are in the order in which
-- RunningRun reads them. One token at a time: a join of tokens with runs has no plan that is good for few and for many.
DELETE FROM running_runs
WHERE bucket = :bucket AND schedule_id = ANY (:schedules) AND lease_token = :token
RETURNING id, tenant, install_id, schedule_id, due_at, trigger_kind, attempt, lost_attempts, stopped_attempts, created_at, started_at,
          node, requested_by, earlier_attempts;
