-- Differs: PostgreSQL moves many runs from one table to another; SQLite changes the row where it lies.
-- Closes runs that are still held with their token, in their attempt: takes them out of those under way and writes them into the
-- ledger; answers their schedules. One token at a time, because then an index finds the runs; and the outcomes are joined in full,
-- because then they are hashed or merged: the planner knows of neither side how long it is, and a loop over both would be its choice.
-- A row of the same occurrence that is there already wins, and counts as answered.
WITH closed AS (
  DELETE FROM running_runs
  WHERE bucket = :bucket AND schedule_id = ANY (:schedules) AND lease_token = :token AND attempt = :attempt
  RETURNING id, tenant, install_id, schedule_id, due_at, trigger_kind, attempt, lost_attempts, stopped_attempts, created_at, node,
            asked, earlier_attempts, payload_revision
)
INSERT INTO runs (bucket, id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, lost_attempts,
                  stopped_attempts, created_at, started_at, finished_at, version_id, status_code, node, asked, error, earlier_attempts,
                  evidence, payload_revision)
SELECT :bucket, o.id, o.tenant, o.install_id, o.schedule_id, o.due_at, o.trigger_kind, o.state, o.reason, o.attempt, o.lost_attempts,
       o.stopped_attempts, o.created_at, o.started_at, o.finished_at, o.version_id, o.status_code, o.node, o.asked, o.error,
       o.earlier_attempts, o.evidence, o.payload_revision
FROM (
  SELECT c.*, v.state, v.reason, v.started_at, v.finished_at, v.version_id, v.status_code, v.error, v.evidence
  FROM closed c
  FULL JOIN unnest(:ids, :states, :reasons, :started, :finished, :versions, :status_codes, :errors, :evidences)
    AS v (outcome_of, state, reason, started_at, finished_at, version_id, status_code, error, evidence) ON v.outcome_of = c.id
  OFFSET 0
) o
WHERE o.id IS NOT NULL
ON CONFLICT (bucket, schedule_id, due_at, trigger_kind) DO UPDATE SET state = runs.state
RETURNING schedule_id;
