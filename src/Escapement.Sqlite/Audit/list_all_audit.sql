-- Differs: PostgreSQL takes so many of each bucket and merges them; SQLite has one bucket.
-- All tenants' entries and those of none, of a stretch of the list, newest first.
SELECT id, tenant, at, install_id, actor_kind, actor_id, action, target, outcome, detail, count, changes, undoes
FROM audit
WHERE id < :before AND id >= :since
ORDER BY id DESC
LIMIT :limit;
