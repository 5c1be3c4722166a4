-- Differs: PostgreSQL writes all schedules of a claim at once; SQLite one at a time, which costs it nothing.
-- Moves a schedule past the occurrences that a plan covers, and points it at the run that was opened, if any. Nothing holds it now.
UPDATE schedules
SET next_due_at = :next_due_at, next_start_at = :next_start_at, active_run_id = coalesce(:run, active_run_id), waiting = :waiting, held = NULL,
    payload_used = max(payload_used, :run IS NOT NULL),
    pause = CASE WHEN :ends_own THEN NULL ELSE pause END, pause_cause = CASE WHEN :ends_own THEN NULL ELSE pause_cause END,
    failures = CASE WHEN :ends_own THEN 0 ELSE failures END,
    last_due_at = coalesce(max(last_due_at, :last_due_at), last_due_at, :last_due_at)
WHERE id = :id;
