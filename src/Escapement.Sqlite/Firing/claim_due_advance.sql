-- Differs: PostgreSQL writes all schedules of a claim at once; SQLite one at a time, which costs it nothing.
-- Moves a schedule past the occurrences that a plan covers, and points it at the run that was opened, if any.
UPDATE schedules
SET next_due_at = :next_due_at, last_due_at = max(coalesce(last_due_at, :last_due_at), :last_due_at), active_run_id = coalesce(:run, active_run_id)
WHERE id = :id;
