-- A tenant's schedules whose last runs failed, after a place, those that failed most often in a row first. The index finds them and does not sort them: a
-- number that changes with each failure would cost every failure an entry of an index.
SELECT l.*
FROM (
  SELECT s.id, s.failures
  FROM schedules s
  WHERE s.bucket = :bucket AND s.tenant = :tenant AND s.failures > 0 AND (s.failures < :failures OR (s.failures = :failures AND s.id > :id))
  ORDER BY s.failures DESC, s.id
  LIMIT :limit) n
CROSS JOIN listed_schedules l
WHERE l.bucket = :bucket AND l.id = n.id
ORDER BY n.failures DESC, n.id;
