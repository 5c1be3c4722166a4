-- Writes the columns that belong to extensions and admins; the firing path's columns are not touched.
UPDATE schedules
SET next_due_at = :next_due_at, enabled = :enabled, cron = :cron, time_zone = :time_zone, method = :method, path = :path,
    name = :name, policy = :policy, updated_at = :updated_at, revision = :revision, payload = :payload
WHERE bucket = :bucket AND id = :id;
