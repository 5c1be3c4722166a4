-- Differs: as list_all_schedules_name.
-- All schedules after a place, by label from the end.
SELECT f.*
FROM (
  SELECT t.bucket, t.id, t.label
  FROM schedule_texts t
  WHERE (t.label, t.id) < (:text, :id)
  ORDER BY t.label DESC, t.id DESC
  LIMIT :limit) t
JOIN listed_schedules f ON f.bucket = t.bucket AND f.id = t.id
ORDER BY t.label DESC, t.id DESC;
