-- The pauses above all tenants' schedules; the host's lies in every bucket, and once will do. The columns are in the order in which StoredPause
-- reads them.
SELECT id, tenant, install_id, since, until_at, on_end, note, paused_by, by_operator, ended_at, shown_at
FROM pauses
WHERE tenant <> '' OR bucket = 0;
