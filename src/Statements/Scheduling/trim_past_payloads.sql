-- Removes the payloads that a schedule had before its last ones; runs that had one of them cannot be repeated any more.
DELETE FROM past_payloads
WHERE bucket = :bucket AND schedule_id = :id AND revision IN (
  SELECT revision FROM past_payloads
  WHERE bucket = :bucket AND schedule_id = :id
  ORDER BY replaced_at DESC, revision DESC
  LIMIT :limit OFFSET :most
);
