-- Differs: PostgreSQL keeps open runs in tables of their own; SQLite has indexes of each state, which hold nothing else.
-- A tenant's runs that are under way or wait, all of them, the latest due first. The columns are in the order in which StoredRun reads them, and as all_runs
-- has them.
SELECT o.*
FROM (
  SELECT r.id, r.tenant, r.install_id, r.schedule_id, r.due_at, r.trigger_kind::integer AS trigger_kind, 1 AS state, 0 AS reason, r.attempt,
         NULL::timestamptz AS available_at, r.node, r.created_at, r.started_at, NULL::timestamptz AS finished_at, NULL::integer AS status_code,
         NULL::text AS error, r.asked, NULL::integer AS missed_count, NULL::timestamptz AS missed_from, NULL::timestamptz AS missed_to,
         r.earlier_attempts, NULL::text AS evidence, NULL::uuid AS version_id, NULL::text AS pause, r.payload_revision
  FROM running_runs r
  WHERE r.bucket = :bucket AND r.tenant = :tenant
  UNION ALL
  SELECT q.id, q.tenant, q.install_id, q.schedule_id, q.due_at, q.trigger_kind::integer, 0, q.reason, q.attempt, q.available_at, q.node, q.created_at,
         q.started_at, NULL, q.status_code, q.error, q.asked, NULL, NULL, NULL, q.earlier_attempts, q.evidence, q.version_id, NULL, q.payload_revision
  FROM queued_runs q
  WHERE q.bucket = :bucket AND q.tenant = :tenant) o
WHERE (o.due_at, o.id) < (:before, :before_id) AND o.due_at >= :from
  AND (:state_bits >> o.state) & 1 = 1 AND (:reason_bits >> o.reason) & 1 = 1 AND (:trigger_bits >> o.trigger_kind) & 1 = 1
  AND (:install::uuid IS NULL OR o.install_id = :install) AND (:version::uuid IS NULL OR o.version_id = :version)
ORDER BY o.due_at DESC, o.id DESC
LIMIT :limit;
