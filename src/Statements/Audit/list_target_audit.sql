-- A tenant's entries of one thing and a stretch of the list, newest first. The tenant is compared as an expression, so that SQLite does not walk
-- all of the tenant's instead.
SELECT id, tenant, at, install_id, actor_kind, actor_id, action, target, outcome, detail, count, changes, undoes
FROM audit
WHERE bucket = :bucket AND target = :target AND tenant || '' = :tenant AND id < :before AND id >= :since
ORDER BY id DESC
LIMIT :limit;
