-- Parts of a change of many, from one on.
SELECT number, things, sources, fates, entries
FROM bulk_parts
WHERE bucket = :bucket AND bulk_id = :bulk AND number >= :from
ORDER BY number
LIMIT :limit;
