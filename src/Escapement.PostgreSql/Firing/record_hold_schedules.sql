-- Which schedules are still there, and holds them, in the order in which they are written later: a queued run always has one.
SELECT id FROM schedules WHERE bucket = :bucket AND id = ANY (:ids) ORDER BY id FOR NO KEY UPDATE;
