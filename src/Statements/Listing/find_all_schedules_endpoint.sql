-- All tenants' schedules that call an endpoint.
SELECT l.*
FROM schedule_texts t
CROSS JOIN listed_schedules l
WHERE t.endpoint = :endpoint AND l.bucket = t.bucket AND l.id = t.id
LIMIT :limit;
