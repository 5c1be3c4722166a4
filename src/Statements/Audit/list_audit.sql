-- A tenant's entries of a stretch of the list, newest first.
SELECT id, tenant, at, install_id, actor_kind, actor_id, action, target, outcome, detail, count, changes, undoes
FROM audit
WHERE bucket = :bucket AND tenant = :tenant AND id < :before AND id >= :since
ORDER BY id DESC
LIMIT :limit;
