-- Sets when a schedule is due next, and what waits, when its install is enabled or disabled. One that is broken is disabled and says why.
UPDATE schedules
SET next_due_at = :next_due_at, next_start_at = :next_start_at, last_due_at = :last_due_at, enabled = :enabled, waiting = :waiting, held = NULL,
    last_error = :last_error
WHERE bucket = :bucket AND id = :id;
