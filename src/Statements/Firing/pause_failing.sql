-- Pauses a schedule whose runs failed too often in a row, unless that count was set back meanwhile, or it is paused already.
UPDATE schedules
SET pause = :pause, pause_cause = :pause_cause, last_error = :last_error
WHERE bucket = :bucket AND id = :id AND failures = :failures AND pause IS NULL;
