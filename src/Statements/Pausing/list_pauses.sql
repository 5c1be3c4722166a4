-- The pauses above a tenant's schedules: the host's, the tenant's, and those of its installs; for the tenant '', the host's alone. The
-- columns are in the order in which StoredPause reads them.
SELECT id, tenant, install_id, since, until_at, on_end, note, paused_by, by_operator, ended_at, shown_at
FROM pauses
WHERE bucket = :bucket AND (tenant = '' OR tenant = :tenant);
