-- Differs: PostgreSQL keeps queued runs in a table of their own; SQLite has an index of them.
-- What of a tenant is due and has not started, and since when: schedules that no claim has taken, and runs that wait for their first attempt.
SELECT count(*), min(w.at)
FROM (SELECT s.next_start_at AS at
      FROM (SELECT next_start_at FROM schedules WHERE bucket = :bucket AND tenant = :tenant AND next_start_at <= :now ORDER BY next_start_at LIMIT :limit) s
      UNION ALL
      SELECT q.due_at
      FROM (SELECT due_at FROM queued_runs WHERE bucket = :bucket AND tenant = :tenant AND started_at IS NULL ORDER BY available_at LIMIT :limit) q) w;
