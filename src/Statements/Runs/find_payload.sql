-- The payload of a schedule that a revision brought: its own, or one that a change has replaced since. No row: it is kept no more.
SELECT s.payload FROM schedules s WHERE s.bucket = :bucket AND s.id = :schedule AND s.tenant = :tenant AND s.payload_revision = :revision
UNION ALL
SELECT p.payload FROM past_payloads p WHERE p.bucket = :bucket AND p.schedule_id = :schedule AND p.tenant = :tenant AND p.revision = :revision;
