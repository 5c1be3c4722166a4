-- Pauses a schedule whose runs failed too often in a row, unless that count was set back meanwhile, or it is paused already.
UPDATE schedules
SET paused_at = :paused_at, paused_cause = :paused_cause, paused_note = :paused_note, last_error = :last_error, next_start_at = NULL
WHERE bucket = :bucket AND id = :id AND failures = :failures AND paused_at IS NULL;
