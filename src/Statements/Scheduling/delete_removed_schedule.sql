-- Removes a schedule for good that was kept, or was restored.
DELETE FROM removed_schedules WHERE bucket = :bucket AND id = :id;
