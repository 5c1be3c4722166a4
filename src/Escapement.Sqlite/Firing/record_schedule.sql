-- Differs: PostgreSQL shows outcomes of all kinds at once; SQLite one at a time, and what few need by statements of their own, because it writes
-- the entries of every index anew that has one of the columns named, changed or not.
-- Shows an ended attempt on its schedule. :run is null while the run stays open for a retry, :last_run_at for one that never reached the
-- sandbox or was given back: then the last-run fields stay. Why the host paused a schedule stays said while it is paused.
UPDATE schedules
SET active_run_id = CASE WHEN active_run_id = :run THEN NULL ELSE active_run_id END,
    last_run_at = coalesce(:last_run_at, last_run_at),
    last_run_status = CASE WHEN :last_run_at IS NULL THEN last_run_status ELSE :last_run_status END,
    last_error = CASE WHEN :last_run_at IS NULL OR pause_cause > 0 THEN last_error ELSE :last_error END
WHERE id = :id AND tenant = :tenant;
