-- Whether the version that is installed has an endpoint that a schedule may call; asked while the install is held.
SELECT 1
FROM installs i
JOIN endpoints e ON e.version_id = i.version_id
WHERE i.bucket = :bucket AND i.id = :install AND e.path = :path AND e.method = :method AND e.schedulable;
