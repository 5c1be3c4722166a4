-- Sets when a schedule is due next, when its install is enabled again. One that is broken is disabled instead.
UPDATE schedules
SET next_due_at = :next_due_at, enabled = enabled AND :broken IS NULL, last_error = coalesce(:broken, last_error)
WHERE bucket = :bucket AND id = :id;
