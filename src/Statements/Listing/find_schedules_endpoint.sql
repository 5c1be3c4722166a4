-- A tenant's schedules that call an endpoint.
SELECT l.*
FROM schedule_texts t
CROSS JOIN listed_schedules l
WHERE t.bucket = :bucket AND t.endpoint = :endpoint AND t.tenant = :tenant AND l.bucket = :bucket AND l.id = t.id
LIMIT :limit;
