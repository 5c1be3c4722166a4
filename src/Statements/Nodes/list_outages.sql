-- Outages that reach into a time, the latest first. The columns are in the order in which StoredNode reads them.
SELECT from_at, to_at, node, stopped, drained_node, drained_by
FROM outages
WHERE bucket = :bucket AND from_at < :to AND to_at > :from ORDER BY from_at DESC LIMIT :limit;
