-- One install that a tenant uninstalled and can restore. The columns are in the order in which StoredRemovedInstall reads them.
SELECT r.id, r.tenant, r.extension_id, r.version_id, r.enabled, r.granted, r.created_at, r.updated_at, r.previous_version_id,
       r.previous_granted, NULL, r.removed_at, r.removed_by,
       (SELECT count(*) FROM removed_schedules s WHERE s.bucket = :bucket AND s.install_id = r.id AND s.with_install)
FROM removed_installs r
WHERE r.bucket = :bucket AND r.id = :id AND r.tenant = :tenant AND r.removed_at >= :since;
