-- Points a schedule at its queued run, so that occurrences do not overlap it.
UPDATE schedules SET active_run_id = :run, payload_used = TRUE WHERE bucket = :bucket AND id = :id;
