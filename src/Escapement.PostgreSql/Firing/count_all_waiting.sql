-- Differs: PostgreSQL keeps queued runs in a table of their own, and takes so many of each bucket; SQLite has an index of them.
-- What of all tenants is due and has not started, and since when: schedules that no claim has taken, and runs that wait for their first attempt.
SELECT count(*), min(w.at)
FROM (SELECT s.next_start_at AS at
      FROM buckets b
      CROSS JOIN LATERAL (
        SELECT next_start_at FROM schedules WHERE bucket = b.bucket AND next_start_at <= :now ORDER BY next_start_at LIMIT :limit) s
      UNION ALL
      SELECT q.due_at
      FROM buckets b
      CROSS JOIN LATERAL (SELECT due_at FROM queued_runs WHERE bucket = b.bucket AND started_at IS NULL ORDER BY available_at LIMIT :limit) q) w;
