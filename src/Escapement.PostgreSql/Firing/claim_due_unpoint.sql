-- Takes the pointers back to runs that were not opened after all, because the ledger had their rows already. The embedded store
-- knows that before it points.
UPDATE schedules SET active_run_id = NULL WHERE bucket = :bucket AND id = ANY (:ids) AND active_run_id = ANY (:runs);
