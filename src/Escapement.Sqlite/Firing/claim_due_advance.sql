-- Differs: PostgreSQL writes all schedules of a claim at once; SQLite one at a time, which costs it nothing.
-- Moves a schedule past the occurrences that a plan covers, and points it at the run that was opened, if any. It names no column that a pause
-- sets: SQLite writes the entries of every index anew that has one of the columns named, changed or not.
UPDATE schedules
SET next_due_at = :next_due_at, next_start_at = :next_start_at, active_run_id = coalesce(:run, active_run_id), waiting = :waiting,
    payload_used = max(payload_used, :run IS NOT NULL),
    last_due_at = coalesce(max(last_due_at, :last_due_at), last_due_at, :last_due_at)
WHERE id = :id;
