-- Differs: PostgreSQL keeps queued runs in a table of their own and moves the row; SQLite changes it where it lies.
-- Gives up a run that is still queued when its schedule is deleted.
WITH gone AS (
  DELETE FROM queued_runs r WHERE r.bucket = :bucket AND r.schedule_id = :schedule
  RETURNING r.id, r.tenant, r.install_id, r.schedule_id, r.due_at, r.trigger_kind, r.attempt, r.lost_attempts, r.stopped_attempts,
            r.created_at, r.started_at, r.version_id, r.status_code, r.node, r.asked, r.error, r.earlier_attempts, r.evidence,
            r.payload_revision
)
INSERT INTO runs (bucket, id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, lost_attempts,
                  stopped_attempts, created_at, started_at, finished_at, version_id, status_code, node, asked, error, earlier_attempts,
                  evidence, payload_revision)
SELECT :bucket, g.id, g.tenant, g.install_id, g.schedule_id, g.due_at, g.trigger_kind, 6, :reason, g.attempt, g.lost_attempts,
       g.stopped_attempts, g.created_at, g.started_at, :now, g.version_id, g.status_code, g.node, g.asked, g.error, g.earlier_attempts,
       g.evidence, g.payload_revision
FROM gone g
ON CONFLICT (bucket, schedule_id, due_at, trigger_kind) DO NOTHING;
