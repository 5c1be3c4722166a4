-- Stores a new schedule. Quota, name and rate were checked in the same transaction; the unique index is the backstop.
INSERT INTO schedules (bucket, id, tenant, install_id, next_due_at, next_start_at, last_due_at, enabled, cron, time_zone, method, path,
                       name, policy, created_at, updated_at, revision, payload)
VALUES (:bucket, :id, :tenant, :install, :next_due_at, :next_start_at, :last_due_at, :enabled, :cron, :time_zone, :method, :path,
        :name, :policy, :created_at, :updated_at, :revision, :payload);
