-- Differs: PostgreSQL steps into the indexes of each bucket, and keeps queued runs in a table of their own.
-- The earliest instant after :after at which something is due, or a pause ends: one step into each of two indexes, and a look at the few pauses.
SELECT min(at)
FROM (SELECT (SELECT min(next_start_at) FROM schedules WHERE next_start_at > :after) AS at
      UNION ALL
      SELECT (SELECT min(available_at) FROM runs WHERE state = 0 AND available_at > :after)
      UNION ALL
      SELECT (SELECT min(until_at) FROM pauses WHERE until_at > :after AND ended_at IS NULL));
