-- Differs: as list_all_schedules_name.
-- All schedules after a place, by label from the end.
SELECT l.*
FROM schedule_texts t
CROSS JOIN listed_schedules l
WHERE (t.label, t.id) < (:text, :id) AND l.id = t.id
ORDER BY t.label DESC, t.id DESC
LIMIT :limit;
