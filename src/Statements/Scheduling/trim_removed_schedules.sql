-- Removes for good what an install deleted, but for the last ones.
DELETE FROM removed_schedules
WHERE bucket = :bucket AND id IN (
  SELECT id FROM removed_schedules
  WHERE bucket = :bucket AND install_id = :install AND with_install = :with_install
  ORDER BY removed_at DESC, id DESC
  LIMIT :limit OFFSET :most
);
