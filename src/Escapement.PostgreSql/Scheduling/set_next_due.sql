-- Sets when schedules are due next, when their install is enabled again.
UPDATE schedules s SET next_due_at = v.next_due_at
FROM unnest(:ids, :nexts) AS v (id, next_due_at)
WHERE s.bucket = :bucket AND s.id = v.id;
