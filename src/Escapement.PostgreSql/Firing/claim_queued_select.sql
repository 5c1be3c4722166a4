-- Differs: PostgreSQL reads the runs of several tenants at once and holds them; SQLite those of one, as far as wanted.
-- Queued runs that may start, with what is needed to carry them out, so many of each tenant. The columns are in the order in
-- which QueuedRun reads them. While their schedule or install is paused, only those that an admin asked for may start. A run that
-- repeats another has the payload of that; whether it is there is not asked by EXISTS, which may be carried out by reading all there are.
SELECT q.id, q.due_at, q.tenant, q.install_id, q.schedule_id, q.trigger_kind, q.attempt, q.lost_attempts,
       q.stopped_attempts, q.enabled, q.method, q.path, q.policy, q.payload, q.failures, q.earlier_attempts,
       q.payload_revision, q.payload_gone, q.asked
FROM unnest(:tenants, :each) WITH ORDINALITY AS t (tenant, most, number)
CROSS JOIN LATERAL (
  SELECT r.id, r.due_at, r.tenant, r.install_id, r.schedule_id, r.trigger_kind, r.attempt, r.lost_attempts, r.stopped_attempts, r.available_at,
         s.enabled, s.method, s.path, s.policy, s.failures, r.earlier_attempts, r.asked,
         CASE WHEN r.trigger_kind = 2 AND r.payload_revision <> s.payload_revision
                THEN (SELECT p.payload FROM past_payloads p
                      WHERE p.bucket = :bucket AND p.schedule_id = r.schedule_id AND p.revision = r.payload_revision)
              ELSE s.payload END AS payload,
         CASE WHEN r.trigger_kind = 2 THEN r.payload_revision ELSE s.payload_revision END AS payload_revision,
         r.trigger_kind = 2 AND r.payload_revision <> s.payload_revision
           AND (SELECT p.revision FROM past_payloads p
                WHERE p.bucket = :bucket AND p.schedule_id = r.schedule_id AND p.revision = r.payload_revision) IS NULL AS payload_gone
  FROM queued_runs r
  JOIN schedules s ON s.bucket = :bucket AND s.id = r.schedule_id
  WHERE r.bucket = :bucket AND r.tenant = t.tenant AND r.available_at <= :now AND r.install_id <> ALL (:full_installs)
    AND (r.trigger_kind IN (1, 2) OR (s.pause IS NULL AND r.install_id <> ALL (:held_installs)))
  ORDER BY r.available_at, r.id
  LIMIT t.most
  FOR UPDATE OF r SKIP LOCKED
) q
ORDER BY t.number, q.available_at, q.id;
