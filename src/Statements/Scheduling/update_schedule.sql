-- Writes the columns that belong to extensions and admins, and what their changes end: waiting, failures, and what pauses hold. The rest is the
-- firing path's.
UPDATE schedules
SET next_due_at = :next_due_at, next_start_at = :next_start_at, last_due_at = :last_due_at, enabled = :enabled, cron = :cron,
    time_zone = :time_zone, method = :method, path = :path, name = :name, policy = :policy, waiting = :waiting, failures = :failures,
    pause = :pause, pause_cause = :pause_cause, held = :held, skips = :skips, updated_at = :updated_at, revision = :revision,
    payload_revision = :payload_revision, payload_used = :payload_used, payload = :payload
WHERE bucket = :bucket AND id = :id;
