-- Removes a schedule if its open run is still the one that is held; its rows in the ledger stay.
DELETE FROM schedules WHERE bucket = :bucket AND id = :id AND active_run_id IS NOT DISTINCT FROM :run RETURNING id;
