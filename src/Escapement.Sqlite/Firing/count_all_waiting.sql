-- Differs: PostgreSQL keeps queued runs in a table of their own, and takes so many of each bucket; SQLite has an index of them.
-- What of all tenants is due and has not started, and since when: schedules that no claim has taken, and runs that wait for their first attempt.
SELECT count(*), min(at)
FROM (SELECT next_start_at AS at
      FROM (SELECT next_start_at FROM schedules WHERE next_start_at <= :now ORDER BY next_start_at LIMIT :limit)
      UNION ALL
      SELECT due_at
      FROM (SELECT due_at FROM runs WHERE state = 0 AND available_at IS NOT NULL AND started_at IS NULL ORDER BY available_at LIMIT :limit));
