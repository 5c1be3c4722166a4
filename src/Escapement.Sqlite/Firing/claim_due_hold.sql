-- Differs: PostgreSQL writes all schedules of a claim at once; SQLite one at a time, which costs it nothing.
-- Puts a schedule aside that came due and is held by pauses, until a claim is to look again.
UPDATE schedules
SET next_start_at = :until, held = :held,
    pause = CASE WHEN :ends_own THEN NULL ELSE pause END, pause_cause = CASE WHEN :ends_own THEN NULL ELSE pause_cause END,
    failures = CASE WHEN :counts_anew THEN 0 ELSE failures END
WHERE id = :id;
