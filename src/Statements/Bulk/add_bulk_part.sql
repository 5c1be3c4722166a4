-- Keeps a part of a change of many, if the change was kept.
INSERT INTO bulk_parts (bucket, bulk_id, number, things, sources, fates, entries)
SELECT c.bucket, c.id, :number, :things, :sources, :fates, :entries
FROM bulk_changes c
WHERE c.bucket = :bucket AND c.id = :bulk;
