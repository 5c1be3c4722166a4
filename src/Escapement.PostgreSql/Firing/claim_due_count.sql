-- How many schedules are due, counted up to a limit: fewer in claim_due_select means that somebody was changing some.
SELECT count(*)::integer FROM (SELECT 1 FROM schedules WHERE bucket = :bucket AND next_start_at <= :now LIMIT :limit) due;
