-- Differs: PostgreSQL writes all schedules of a claim at once; SQLite one at a time, which costs it nothing.
-- Disables a schedule that cannot be planned, and says why. A run of it that is open goes on.
UPDATE schedules
SET enabled = 0, next_due_at = NULL, next_start_at = NULL, waiting = NULL, held = NULL, last_error = :error,
    last_due_at = coalesce(max(last_due_at, :last_due_at), last_due_at, :last_due_at)
WHERE id = :id;
