-- All pauses above the schedules of a bucket, with those that have ended and still hold something. The columns are in the order in which
-- StoredPause reads them.
SELECT id, tenant, install_id, since, until_at, on_end, note, paused_by, by_operator, ended_at, shown_at
FROM pauses
WHERE bucket = :bucket;
