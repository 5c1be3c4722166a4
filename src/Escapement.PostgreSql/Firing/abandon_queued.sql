-- Gives up a run that is still queued when its schedule is deleted.
UPDATE runs SET state = 6, reason = :reason, available_at = NULL, finished_at = :now WHERE bucket = :bucket AND id = :id AND state = 0;
