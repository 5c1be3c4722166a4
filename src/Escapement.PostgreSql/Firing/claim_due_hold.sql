-- Differs: PostgreSQL writes all schedules of a claim at once; SQLite one at a time, which costs it nothing.
-- Puts schedules aside that came due and are held by pauses, until a claim is to look again.
UPDATE schedules s
SET next_start_at = v.until, held = v.held,
    pause = CASE WHEN v.ends_own THEN NULL ELSE s.pause END, pause_cause = CASE WHEN v.ends_own THEN NULL ELSE s.pause_cause END,
    failures = CASE WHEN v.counts_anew THEN 0 ELSE s.failures END
FROM unnest(:ids, :untils, :held, :ends_own, :counts_anew) AS v (id, until, held, ends_own, counts_anew)
WHERE s.bucket = :bucket AND s.id = v.id;
