-- Differs: PostgreSQL asks about several occurrences at once, in three tables; SQLite about one, in the ledger.
-- Which of these occurrences have been recorded or opened already. Asked only about those that are not after the latest of their
-- schedule: a clock that was set back makes them come due again. The embedded store asks with each.
SELECT v.schedule_id, v.due_at
FROM unnest(:schedules, :dues) AS v (schedule_id, due_at)
WHERE EXISTS (SELECT 1 FROM runs r WHERE r.bucket = :bucket AND r.schedule_id = v.schedule_id AND r.due_at = v.due_at AND r.trigger_kind = 0)
   OR EXISTS (SELECT 1 FROM running_runs o WHERE o.bucket = :bucket AND o.schedule_id = v.schedule_id AND o.due_at = v.due_at AND o.trigger_kind = 0)
   OR EXISTS (SELECT 1 FROM queued_runs q WHERE q.bucket = :bucket AND q.schedule_id = v.schedule_id AND q.due_at = v.due_at AND q.trigger_kind = 0);
