-- Differs: PostgreSQL leaves schedules that somebody is changing to a later claim; SQLite has one writer, and names the index.
-- Makes schedules due again that were put aside for a pause that has ended, so many at most. What another pause holds stays. Those that
-- were to be looked at later by themselves are claim_pause_arm_timed's: in one, an index could not step over what is due already.
UPDATE schedules
SET next_start_at = :ended_at
WHERE bucket = :bucket AND id IN (
  SELECT s.id FROM schedules s
  WHERE s.bucket = :bucket AND s.held IS NOT NULL AND s.next_start_at IS NULL AND s.pause IS NULL
    AND (:tenant = '' OR s.tenant = :tenant) AND (:install IS NULL OR s.install_id = :install)
    AND NOT EXISTS (
      SELECT 1 FROM pauses p
      WHERE p.bucket = :bucket AND (coalesce(p.ended_at, p.until_at) IS NULL OR coalesce(p.ended_at, p.until_at) > :now)
        AND (p.tenant = '' OR (p.tenant = s.tenant AND (p.install_id IS NULL OR p.install_id = s.install_id))))
  LIMIT :limit
  FOR UPDATE SKIP LOCKED);
