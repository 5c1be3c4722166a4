-- Sets when a schedule is due next, when its install is enabled again.
UPDATE schedules SET next_due_at = :next_due_at WHERE id = :id;
