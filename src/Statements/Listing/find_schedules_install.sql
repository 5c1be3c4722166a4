-- The schedules of an install. The tenant is compared as an expression, so that SQLite does not walk the tenant's instead.
SELECT l.* FROM listed_schedules l WHERE l.bucket = :bucket AND l.install_id = :install AND l.tenant || '' = :tenant LIMIT :limit;
