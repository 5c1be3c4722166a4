-- Schedules that were removed with their install, or by themselves and can be restored, behind a place in the list, the latest first. The columns are in
-- the order in which StoredSchedule reads them, and StoredRemovedSchedule the last two.
SELECT id, tenant, install_id, name, method, path, cron, time_zone, enabled, payload, policy, NULL, last_due_at, NULL, last_run_at,
       last_run_status, last_error, created_at, updated_at, revision, NULL, failures, pause, NULL, skips,
       payload_revision, payload_used, removed_at, removed_by
FROM removed_schedules
WHERE bucket = :bucket AND install_id = :install AND with_install = :with_install AND tenant = :tenant
  AND removed_at >= :since AND (removed_at, id) < (:before, :before_id)
ORDER BY removed_at DESC, id DESC
LIMIT :limit;
