-- Differs: PostgreSQL writes all rows of a change at once; SQLite one at a time, which costs it nothing.
-- Records occurrences that do not start, or ranges of them: skipped, missed, or given up before they could.
-- A claim has asked the ledger where it might have them already; a row that is there all the same wins.
-- From the bucket's row, so that a distributed database carries it out where the bucket lies.
INSERT INTO runs (bucket, id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, lost_attempts,
                  stopped_attempts, created_at, finished_at, missed_count, missed_from, missed_to, error, pause, asked)
SELECT b.bucket, v.id, v.tenant, v.install_id, v.schedule_id, v.due_at, 0, v.state, v.reason, 0, 0, 0, :now, :now,
       v.missed_count, v.missed_from, v.missed_to, v.error, v.pause, v.asked
FROM buckets b
CROSS JOIN unnest(:ids, :tenants, :installs, :schedules, :dues, :states, :reasons, :missed_counts, :missed_froms, :missed_tos, :errors,
            :pauses, :asks)
  AS v (id, tenant, install_id, schedule_id, due_at, state, reason, missed_count, missed_from, missed_to, error, pause,
        asked)
WHERE b.bucket = :bucket
ON CONFLICT (bucket, schedule_id, due_at, trigger_kind) DO NOTHING;
