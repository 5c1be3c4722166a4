-- Differs: PostgreSQL does it as it moves the schedule on; for SQLite it would cost every fire what few need.
-- Nothing holds a schedule any more; its own pause may have ended.
UPDATE schedules
SET held = NULL,
    pause = CASE WHEN :ends_own THEN NULL ELSE pause END, pause_cause = CASE WHEN :ends_own THEN NULL ELSE pause_cause END,
    failures = CASE WHEN :counts_anew THEN 0 ELSE failures END
WHERE id = :id;
