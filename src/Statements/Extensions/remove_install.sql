-- Removes an install; its schedules went before it.
DELETE FROM installs WHERE bucket = :bucket AND id = :id;
