-- The installs that a tenant removed before its last ones, which are so many and whose payloads come to so many bytes, held until they are gone for good.
-- The last one stays, whatever it holds. Lengths are read without the payloads.
SELECT id
FROM removed_installs
WHERE bucket = :bucket AND id IN (
  SELECT id
  FROM (
    SELECT r.id,
           row_number() OVER latest AS place,
           sum((SELECT coalesce(sum(octet_length(s.payload)), 0)
                FROM removed_schedules s WHERE s.bucket = :bucket AND s.install_id = r.id)) OVER latest AS bytes
    FROM removed_installs r
    WHERE r.bucket = :bucket AND r.tenant = :tenant
    WINDOW latest AS (ORDER BY r.removed_at DESC, r.id DESC)) AS kept
  WHERE place > :most OR (place > 1 AND bytes > :most_bytes)
  ORDER BY place DESC
  LIMIT :limit)
FOR UPDATE;
