-- Differs: PostgreSQL reads the runs of several tenants at once and holds them; SQLite those of one, as far as wanted.
-- One tenant's queued runs that may start, with what is needed to carry them out; read only as far as wanted. The columns are in
-- the order in which ClaimBucket reads them. While their schedule is paused, only those that an admin asked for may start. A run that repeats another
-- has the payload of that.
SELECT r.id, r.due_at, r.tenant, r.install_id, r.schedule_id, r.trigger_kind, r.attempt, r.lost_attempts,
       r.stopped_attempts, s.enabled, s.method, s.path, s.policy,
       CASE WHEN r.trigger_kind = 2 AND r.payload_revision <> s.payload_revision
              THEN (SELECT p.payload FROM past_payloads p WHERE p.schedule_id = r.schedule_id AND p.revision = r.payload_revision)
            ELSE s.payload END,
       s.failures, r.earlier_attempts,
       CASE WHEN r.trigger_kind = 2 THEN r.payload_revision ELSE s.payload_revision END,
       r.trigger_kind = 2 AND r.payload_revision <> s.payload_revision
         AND (SELECT p.revision FROM past_payloads p WHERE p.schedule_id = r.schedule_id AND p.revision = r.payload_revision) IS NULL,
       r.asked
FROM runs r INDEXED BY runs_queued_by_tenant
JOIN schedules s ON s.id = r.schedule_id
WHERE r.state = 0 AND r.tenant = :tenant AND r.available_at <= :now AND (r.trigger_kind IN (1, 2) OR s.pause IS NULL)
ORDER BY r.available_at, r.id;
