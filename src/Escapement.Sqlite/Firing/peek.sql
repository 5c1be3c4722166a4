-- Differs: PostgreSQL steps into the indexes of each bucket, and keeps queued runs in a table of their own.
-- The earliest instant after :after at which something is due: one step into each of two indexes.
SELECT min(at)
FROM (SELECT (SELECT min(next_start_at) FROM schedules WHERE next_start_at > :after) AS at
      UNION ALL
      SELECT (SELECT min(available_at) FROM runs WHERE state = 0 AND available_at > :after));
