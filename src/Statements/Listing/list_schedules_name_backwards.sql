-- A tenant's schedules after a place, by label from the end.
SELECT l.*
FROM schedule_texts t
CROSS JOIN listed_schedules l
WHERE t.bucket = :bucket AND t.tenant = :tenant AND (t.label, t.id) < (:text, :id) AND l.bucket = :bucket AND l.id = t.id
ORDER BY t.label DESC, t.id DESC
LIMIT :limit;
