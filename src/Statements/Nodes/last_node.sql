-- The node that fires and took work last. The columns are in the order in which StoredNode reads them.
SELECT id, name, slots, mean_run_ms, started_at, seen_at, ended_at, version, clock_offset_ms, store_took_ms, draining_since, mean_run_of,
       idle_since, drained_at, drained_by, drain_note, drain_ended_at
FROM nodes
WHERE bucket = :bucket AND slots > 0 ORDER BY COALESCE(idle_since, seen_at) DESC LIMIT 1;
