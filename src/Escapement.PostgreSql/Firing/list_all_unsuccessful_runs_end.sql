-- Differs: as list_all_unsuccessful_runs.
-- The last row that list_all_unsuccessful_runs looks at, if it looks at so many.
SELECT f.due_at, f.id
FROM buckets b
CROSS JOIN LATERAL (
  SELECT r.due_at, r.id
  FROM runs r
  WHERE r.bucket = b.bucket AND r.state >= 3 AND r.id < :before_id AND r.id >= :since
  ORDER BY r.id DESC
  LIMIT :skipped + 1) f
ORDER BY f.id DESC
LIMIT 1 OFFSET :skipped;
