-- A schedule's runs that started, or wait to: of occurrences in a range, and what others were asked for that may make up for some, which comes
-- later. The columns are in the order in which StoredOccurrenceRun reads them.
SELECT id, due_at, state, created_at, asked
FROM all_runs
WHERE bucket = :bucket AND schedule_id = :schedule AND due_at >= :from AND (attempt > 0 OR state < 2)
  AND (trigger_kind IN (2, 3) OR (trigger_kind = 0 AND due_at <= :to));
