-- Counts the failures in a row of an install's schedules from none again. They are held in the order in which everybody does.
UPDATE schedules SET failures = 0
WHERE bucket = :bucket AND id IN (
  SELECT id FROM schedules WHERE bucket = :bucket AND install_id = :install AND failures > 0 ORDER BY id
FOR NO KEY UPDATE
);
