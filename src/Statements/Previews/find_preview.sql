-- The preview of this id. The columns are in the order in which StoredPreview reads them.
SELECT id, tenant, caller, kind, content, things, created_at, taken_at FROM previews WHERE bucket = :bucket AND id = :id AND tenant = :tenant;
