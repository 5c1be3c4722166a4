-- Disables a schedule whose endpoint is gone.
UPDATE schedules SET enabled = 0, next_due_at = NULL, next_start_at = NULL, last_error = :error WHERE id = :id AND tenant = :tenant;
