-- All schedules whose last runs failed, after a place, those that failed most often in a row first.
SELECT l.*
FROM (
  SELECT s.bucket, s.id, s.failures
  FROM schedules s
  WHERE s.failures > 0 AND (s.failures < :failures OR (s.failures = :failures AND s.id > :id))
  ORDER BY s.failures DESC, s.id
  LIMIT :limit) n
CROSS JOIN listed_schedules l
WHERE l.bucket = n.bucket AND l.id = n.id
ORDER BY n.failures DESC, n.id;
