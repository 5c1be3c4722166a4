-- A node's sign of life: its first adds it. Answers it, in the order in which StoredNode reads it.
INSERT INTO nodes (bucket, id, name, slots, mean_run_ms, mean_run_of, started_at, seen_at, ended_at, version, clock_offset_ms, store_took_ms,
                   draining_since, idle_since)
VALUES (:bucket, :id, :name, :slots, :mean_run_ms, :mean_run_of, :started_at, :seen_at, :ended_at, :version, :clock_offset_ms, :store_took_ms,
        :draining_since, :idle_since)
ON CONFLICT (bucket, id) DO UPDATE
SET mean_run_ms = excluded.mean_run_ms, mean_run_of = excluded.mean_run_of, seen_at = excluded.seen_at, ended_at = excluded.ended_at,
    clock_offset_ms = excluded.clock_offset_ms, store_took_ms = excluded.store_took_ms, draining_since = excluded.draining_since,
    idle_since = excluded.idle_since
RETURNING id, name, slots, mean_run_ms, started_at, seen_at, ended_at, version, clock_offset_ms, store_took_ms, draining_since, mean_run_of,
          idle_since, drained_at, drained_by, drain_note, drain_ended_at;
