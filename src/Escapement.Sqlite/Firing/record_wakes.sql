-- Differs: PostgreSQL does it as it shows the outcome.
-- Has the next claim open what waits for the run that ended.
UPDATE schedules
SET next_start_at = min(coalesce(next_start_at, :finished_at), :finished_at)
WHERE id = :id;
