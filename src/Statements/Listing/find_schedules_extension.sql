-- A tenant's schedules of an extension, which it has installed once.
SELECT l.*
FROM installs i
CROSS JOIN listed_schedules l
WHERE i.bucket = :bucket AND i.tenant = :tenant AND i.extension_id = :extension AND l.bucket = :bucket AND l.install_id = i.id
LIMIT :limit;
