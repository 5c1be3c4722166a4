-- All schedules that are enabled, of installs that are: of one tenant or one install of it, or of all of the bucket for the tenant ''. The columns are in the
-- order in which StoredPlan reads them.
SELECT s.id, s.tenant, s.install_id, s.name, s.cron, s.time_zone, s.policy, s.pause, s.skips
FROM installs i JOIN schedules s ON s.bucket = i.bucket AND s.install_id = i.id
WHERE i.bucket = :bucket AND s.bucket = :bucket AND i.enabled AND s.enabled AND (:tenant = '' OR i.tenant = :tenant)
  AND (:install IS NULL OR i.id = :install);
