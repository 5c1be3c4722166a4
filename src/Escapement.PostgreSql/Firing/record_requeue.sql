-- Differs: PostgreSQL moves many runs from one table to another; SQLite changes the row where it lies.
-- Queues runs again that were under way.
-- From the bucket's row, so that a distributed database carries it out where the bucket lies.
INSERT INTO queued_runs (bucket, id, tenant, install_id, schedule_id, due_at, trigger_kind, reason, attempt, lost_attempts, stopped_attempts,
                         available_at, created_at, started_at, version_id, status_code, node, asked, error, earlier_attempts,
                         evidence, payload_revision)
SELECT b.bucket, v.id, v.tenant, v.install_id, v.schedule_id, v.due_at, v.trigger_kind, v.reason, v.attempt, v.lost_attempts, v.stopped_attempts,
       v.available_at, v.created_at, v.started_at, v.version_id, v.status_code, v.node, v.asked, v.error, v.earlier_attempts, v.evidence,
       v.payload_revision
FROM buckets b
CROSS JOIN unnest(:ids, :tenants, :installs, :schedules, :dues, :triggers, :reasons, :attempts, :lost, :stopped, :available, :created, :started,
            :versions, :status_codes, :nodes, :asks, :errors, :earlier_attempts, :evidences,
            :payload_revisions)
  AS v (id, tenant, install_id, schedule_id, due_at, trigger_kind, reason, attempt, lost_attempts, stopped_attempts, available_at, created_at,
        started_at, version_id, status_code, node, asked, error, earlier_attempts, evidence,
        payload_revision)
WHERE b.bucket = :bucket;
