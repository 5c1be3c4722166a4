-- Pauses a schedule for a reason of the host's own, unless it is paused already, or its failures, where they are the reason, were set back meanwhile.
UPDATE schedules
SET pause = :pause, pause_cause = :pause_cause, last_error = :last_error, revision = revision + 1
WHERE bucket = :bucket AND id = :id AND (:failures IS NULL OR failures = :failures) AND pause IS NULL;
