-- Keeps the payload of a schedule that a change is about to replace, for the runs that had it.
INSERT INTO past_payloads (bucket, schedule_id, revision, tenant, replaced_at, payload)
SELECT s.bucket, s.id, s.payload_revision, s.tenant, :now, s.payload
FROM schedules s
WHERE s.bucket = :bucket AND s.id = :id;
