-- Differs: PostgreSQL reads the schedules of several tenants at once and holds them; SQLite those of one, as far as wanted.
-- Schedules that are due, so many of each tenant, in the tenants' order. The columns are in the order in which DueRow reads them.
SELECT q.id, q.next_due_at, q.last_due_at, q.tenant, q.install_id, q.active_run_id, q.cron, q.time_zone, q.method, q.path, q.policy, q.payload,
       q.next_start_at, q.waiting, q.failures, q.pause, q.held, q.skips, q.payload_revision, q.updated_at
FROM unnest(:tenants, :each) WITH ORDINALITY AS t (tenant, most, number)
CROSS JOIN LATERAL (
  SELECT s.id, s.next_due_at, s.last_due_at, s.tenant, s.install_id, s.active_run_id, s.cron, s.time_zone, s.method, s.path, s.policy, s.payload,
         s.next_start_at, s.waiting, s.failures, s.pause, s.held, s.skips, s.payload_revision, s.updated_at
  FROM schedules s
  WHERE s.bucket = :bucket AND s.tenant = t.tenant AND s.next_start_at <= :now AND s.install_id <> ALL (:full_installs)
  ORDER BY s.next_start_at
  LIMIT t.most
  FOR UPDATE SKIP LOCKED
) q
ORDER BY t.number, q.next_start_at;
