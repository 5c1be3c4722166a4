-- Takes the next occurrence from all schedules of an install that is being disabled.
UPDATE schedules SET next_due_at = NULL, next_start_at = NULL WHERE bucket = :bucket AND install_id = :install AND next_due_at IS NOT NULL;
