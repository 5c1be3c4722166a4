-- The installs that a tenant removed before its last ones, held until they are gone for good.
SELECT id FROM removed_installs WHERE bucket = :bucket AND tenant = :tenant ORDER BY removed_at DESC, id DESC LIMIT :limit OFFSET :most
FOR UPDATE;
