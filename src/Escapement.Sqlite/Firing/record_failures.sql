-- Differs: PostgreSQL counts as it shows the outcome.
-- Counts failures in a row, unless somebody reset them since the run was claimed.
UPDATE schedules
SET failures = :failures
WHERE id = :id AND tenant = :tenant AND failures = :failures_before;
