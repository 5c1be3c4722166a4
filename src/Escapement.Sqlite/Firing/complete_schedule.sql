-- Differs: PostgreSQL shows outcomes of all kinds at once; SQLite has a statement for each kind.
-- Shows an ended attempt on its schedule; :run is null while the run stays open for a retry.
UPDATE schedules
SET active_run_id = CASE WHEN active_run_id = :run THEN NULL ELSE active_run_id END,
    last_run_at = :last_run_at, last_run_status = :last_run_status, last_error = :last_error
WHERE id = :id AND tenant = :tenant;
