-- Removes for good what an extension deleted of its install's schedules, but for the last ones.
DELETE FROM removed_schedules
WHERE bucket = :bucket AND id IN (
  SELECT id FROM removed_schedules
  WHERE bucket = :bucket AND install_id = :install AND by_extension
  ORDER BY removed_at DESC, id DESC
  LIMIT :limit OFFSET :most
);
