-- Sets when schedules are due next, when their install is enabled again. One that is broken is disabled instead.
UPDATE schedules s
SET next_due_at = v.next_due_at, enabled = s.enabled AND v.broken IS NULL, last_error = coalesce(v.broken, s.last_error)
FROM unnest(:ids, :nexts, :brokens) AS v (id, next_due_at, broken)
WHERE s.bucket = :bucket AND s.id = v.id;
