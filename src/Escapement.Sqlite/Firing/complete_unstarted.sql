-- Frees a schedule of a run that never reached the sandbox; its last-run fields stay.
UPDATE schedules SET active_run_id = NULL WHERE id = :id AND tenant = :tenant AND active_run_id = :run;
