-- A schedule's runs that started, or wait to, of occurrences in a range, with those that repeat them, which come later.
SELECT id, coalesce(occurrence, due_at), state, created_at
FROM all_runs
WHERE bucket = :bucket AND schedule_id = :schedule AND due_at >= :from AND (attempt > 0 OR state < 2)
  AND ((trigger_kind = 0 AND due_at <= :to) OR (occurrence >= :from AND occurrence <= :to));
