-- Removes an install; its schedules went before it.
DELETE FROM installs WHERE id = :id;
