-- Differs: only in that SQLite names the index of what is put aside, which is no larger than that.
-- Takes a pause away that has ended, once nothing is left that it held: neither come due before it ended, nor put aside. What another
-- pause holds is that one's.
DELETE FROM pauses
WHERE bucket = :bucket AND id = :id
  AND NOT EXISTS (
    SELECT 1 FROM schedules s
    WHERE s.bucket = :bucket AND s.next_start_at <= :ended_at
      AND (:tenant = '' OR s.tenant = :tenant) AND (:install IS NULL OR s.install_id = :install))
  AND NOT EXISTS (
    SELECT 1 FROM schedules s INDEXED BY schedules_held
    WHERE s.bucket = :bucket AND s.held IS NOT NULL AND s.next_start_at IS NULL AND s.pause IS NULL
      AND (:tenant = '' OR s.tenant = :tenant) AND (:install IS NULL OR s.install_id = :install)
      AND NOT EXISTS (
      SELECT 1 FROM pauses p
      WHERE p.bucket = :bucket AND (coalesce(p.ended_at, p.until_at) IS NULL OR coalesce(p.ended_at, p.until_at) > :now)
        AND (p.tenant = '' OR (p.tenant = s.tenant AND (p.install_id IS NULL OR p.install_id = s.install_id)))))
  AND NOT EXISTS (
    SELECT 1 FROM schedules s INDEXED BY schedules_held
    WHERE s.bucket = :bucket AND s.held IS NOT NULL AND s.next_start_at > :ended_at AND s.pause IS NULL
      AND (:tenant = '' OR s.tenant = :tenant) AND (:install IS NULL OR s.install_id = :install)
      AND NOT EXISTS (
      SELECT 1 FROM pauses p
      WHERE p.bucket = :bucket AND (coalesce(p.ended_at, p.until_at) IS NULL OR coalesce(p.ended_at, p.until_at) > :now)
        AND (p.tenant = '' OR (p.tenant = s.tenant AND (p.install_id IS NULL OR p.install_id = s.install_id)))));
