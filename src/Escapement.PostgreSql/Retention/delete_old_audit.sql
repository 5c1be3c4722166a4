-- Deletes some audit entries that lie outside all partitions.
DELETE FROM audit_other
WHERE (bucket, tenant, id, at) IN (SELECT bucket, tenant, id, at FROM audit_other WHERE at < :before LIMIT :limit);
