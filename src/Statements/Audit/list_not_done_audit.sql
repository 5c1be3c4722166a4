-- A tenant's entries of what was refused or denied, of a stretch of the list, newest first. The tenant is the expression that their index has, so that
-- SQLite does not walk all of the tenant's instead.
SELECT id, tenant, at, install_id, actor_kind, actor_id, action, target, outcome, detail, count, changes, undoes
FROM audit
WHERE bucket = :bucket AND tenant || '' = :tenant AND outcome > 0 AND id < :before AND id >= :since
ORDER BY id DESC
LIMIT :limit;
