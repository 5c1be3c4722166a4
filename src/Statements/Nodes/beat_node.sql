-- A node's sign of life: its first adds it.
INSERT INTO nodes (bucket, id, name, slots, mean_run_ms, started_at, seen_at, ended_at)
VALUES (:bucket, :id, :name, :slots, :mean_run_ms, :started_at, :seen_at, :ended_at)
ON CONFLICT (bucket, id) DO UPDATE SET mean_run_ms = excluded.mean_run_ms, seen_at = excluded.seen_at, ended_at = excluded.ended_at;
