-- What another version of its extension changes on a schedule: whether its endpoint holds it, and its failures in a row.
UPDATE schedules
SET pause = :pause, pause_cause = :pause_cause, failures = :failures, last_error = :last_error, next_start_at = :next_start_at
WHERE bucket = :bucket AND id = :id;
