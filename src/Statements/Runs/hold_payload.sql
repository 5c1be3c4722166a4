-- Keeps a payload that a change has replaced for as long as a run is kept that is to have it. No row: it is kept no more.
UPDATE past_payloads SET replaced_at = CASE WHEN replaced_at < :now THEN :now ELSE replaced_at END
WHERE bucket = :bucket AND schedule_id = :schedule AND revision = :revision;
