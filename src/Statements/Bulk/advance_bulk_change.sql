-- Notes how far a change of many is.
UPDATE bulk_changes
SET state = :state, done = :done, left_out = :left_out, parts = :parts, ended_at = :ended_at
WHERE bucket = :bucket AND id = :id;
