-- Differs: PostgreSQL drops whole partitions and deletes only what lies outside them; SQLite has none and walks an index.
-- Deletes some payloads that runs had and that were replaced long ago: those runs are gone as well.
DELETE FROM past_payloads
WHERE (schedule_id, revision) IN (SELECT schedule_id, revision FROM past_payloads WHERE replaced_at < :before ORDER BY replaced_at LIMIT :limit);
