-- Writes how a compilation ended: refused if there is a reason.
UPDATE compilations
SET state = CASE WHEN :refused THEN 3 ELSE 2 END, reason = :reason, retry_at = :retry, finished_at = :now, lease_token = NULL, lease_until = NULL
WHERE component_sha256 = :component AND engine = :engine AND lease_token = :token;
