-- Stores a schedule again that was removed. Quota, name and endpoint were checked in the same transaction.
INSERT INTO schedules (bucket, id, tenant, install_id, next_due_at, next_start_at, last_due_at, active_run_id, enabled, last_run_at,
                       last_run_status, last_error, cron, time_zone, method, path, name, policy, failures, pause, pause_cause, skips, created_at,
                       updated_at, revision, payload_revision, payload_used, payload)
VALUES (:bucket, :id, :tenant, :install, :next_due_at, :next_start_at, :last_due_at, :active_run, :enabled, :last_run_at,
        :last_run_status, :last_error, :cron, :time_zone, :method, :path, :name, :policy, :failures, :pause, :pause_cause, :skips, :created_at,
        :updated_at, :revision, :payload_revision, :payload_used, :payload);
