-- An install's entries of a stretch of the list, newest first. Apart from list_audit because it walks another index; the tenant is
-- compared as an expression, so that SQLite does not walk the tenant's instead.
SELECT id, tenant, at, install_id, actor_kind, actor_id, action, target, outcome, detail, count, changes, undoes
FROM audit
WHERE bucket = :bucket AND install_id = :install AND tenant || '' = :tenant AND id < :before AND id >= :since
ORDER BY id DESC
LIMIT :limit;
