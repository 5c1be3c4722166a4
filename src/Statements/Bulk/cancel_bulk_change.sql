-- Ends a change of many that goes on.
UPDATE bulk_changes SET state = :state, ended_at = :now WHERE bucket = :bucket AND id = :id AND tenant = :tenant AND state = 0;
