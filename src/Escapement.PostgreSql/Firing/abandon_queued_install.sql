-- Gives up all queued runs of an install that is being removed.
UPDATE runs SET state = 6, reason = :reason, available_at = NULL, finished_at = :now
WHERE bucket = :bucket AND tenant = :tenant AND state = 0 AND install_id = :install;
