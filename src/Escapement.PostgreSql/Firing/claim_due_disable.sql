-- Differs: PostgreSQL writes all schedules of a claim at once; SQLite one at a time, which costs it nothing.
-- Disables schedules that cannot be planned, and says why. A run that is open goes on.
UPDATE schedules s
SET enabled = FALSE, next_due_at = NULL, next_start_at = NULL, last_due_at = greatest(s.last_due_at, v.last_due_at), last_error = v.error,
    waiting = NULL, held = NULL
FROM unnest(:ids, :lasts, :errors) AS v (id, last_due_at, error)
WHERE s.bucket = :bucket AND s.id = v.id;
