-- Differs: PostgreSQL drops whole partitions and deletes only what lies outside them; SQLite has none and walks an index.
-- Deletes some payloads of one bucket that lie outside all partitions.
DELETE FROM past_payloads_other
WHERE bucket = :bucket AND (schedule_id, revision, replaced_at) IN (
  SELECT schedule_id, revision, replaced_at FROM past_payloads_other WHERE bucket = :bucket AND replaced_at < :before LIMIT :limit
);
