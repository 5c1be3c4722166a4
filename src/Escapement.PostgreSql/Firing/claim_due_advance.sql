-- Differs: PostgreSQL writes all schedules of a claim at once; SQLite one at a time, which costs it nothing.
-- Moves schedules past the occurrences that their plans cover, and points them at the runs that were opened, if any. The latest
-- occurrence that was ever covered stays so when a clock was set back: up to it, the ledger has to be asked. Nothing holds them now.
UPDATE schedules s
SET next_due_at = v.next_due_at, next_start_at = v.next_start_at, last_due_at = greatest(s.last_due_at, v.last_due_at),
    active_run_id = coalesce(v.run, s.active_run_id), waiting = v.waiting, held = NULL,
    payload_used = s.payload_used OR v.run IS NOT NULL,
    pause = CASE WHEN v.ends_own THEN NULL ELSE s.pause END, pause_cause = CASE WHEN v.ends_own THEN NULL ELSE s.pause_cause END,
    failures = CASE WHEN v.counts_anew THEN 0 ELSE s.failures END
FROM unnest(:ids, :nexts, :starts, :lasts, :runs, :waiting, :ends_own, :counts_anew)
  AS v (id, next_due_at, next_start_at, last_due_at, run, waiting, ends_own, counts_anew)
WHERE s.bucket = :bucket AND s.id = v.id;
