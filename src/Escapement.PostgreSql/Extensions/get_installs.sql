-- Several installs of one bucket. The columns are in the order in which StoredInstall reads them. The embedded store asks for them
-- one by one, which costs it nothing. Runs need no word of their pauses.
SELECT id, tenant, extension_id, version_id, enabled, granted, created_at, updated_at, previous_version_id,
       previous_granted, NULL
FROM installs
WHERE bucket = :bucket AND id = ANY (:ids);
