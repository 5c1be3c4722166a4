-- Differs: PostgreSQL leaves schedules that somebody is changing to a later claim; SQLite has one writer, and names the index.
-- Makes schedules due again that were put aside for a pause that has ended, and were to be looked at later by themselves, so many at
-- most. What another pause holds stays.
UPDATE schedules
SET next_start_at = :ended_at
WHERE id IN (
  SELECT s.id FROM schedules s INDEXED BY schedules_held
  WHERE s.held IS NOT NULL AND s.next_start_at > :ended_at AND s.pause IS NULL
    AND (:tenant = '' OR s.tenant = :tenant) AND (:install IS NULL OR s.install_id = :install)
    AND NOT EXISTS (
      SELECT 1 FROM pauses p
      WHERE p.bucket = :bucket AND (coalesce(p.ended_at, p.until_at) IS NULL OR coalesce(p.ended_at, p.until_at) > :now)
        AND (p.tenant = '' OR (p.tenant = s.tenant AND (p.install_id IS NULL OR p.install_id = s.install_id))))
  LIMIT :limit);
