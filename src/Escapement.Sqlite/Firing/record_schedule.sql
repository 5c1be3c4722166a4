-- Differs: PostgreSQL shows outcomes of all kinds at once; SQLite one at a time, which costs it nothing.
-- Shows an ended attempt on its schedule. :run is null while the run stays open for a retry, :last_run_at for one that never reached the
-- sandbox or was given back: then the last-run fields stay. The end of a run has the next claim open what waits.
-- Why the host paused a schedule stays said while it is paused.
UPDATE schedules
SET active_run_id = CASE WHEN active_run_id = :run THEN NULL ELSE active_run_id END,
    next_start_at = CASE WHEN waiting IS NOT NULL AND enabled AND held IS NULL AND active_run_id = :run
                           THEN min(coalesce(next_start_at, :finished_at), :finished_at)
                         ELSE next_start_at END,
    failures = CASE WHEN failures = :failures_before THEN :failures ELSE failures END,
    last_run_at = coalesce(:last_run_at, last_run_at),
    last_run_status = CASE WHEN :last_run_at IS NULL THEN last_run_status ELSE :last_run_status END,
    last_error = CASE WHEN :last_run_at IS NULL OR pause_cause > 0 THEN last_error ELSE :last_error END
WHERE id = :id AND tenant = :tenant;
