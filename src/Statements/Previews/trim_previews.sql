-- Takes away what a caller was shown before its last previews.
DELETE FROM previews
WHERE bucket = :bucket AND id IN (
  SELECT id FROM previews WHERE bucket = :bucket AND caller = :caller AND tenant = :tenant ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :most
);
