-- Records occurrences that do not start: skipped, or ranges that were missed; answers those recorded. A row that is there
-- already wins.
INSERT INTO runs (bucket, id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, created_at, finished_at,
                  missed_count, missed_from, missed_to)
SELECT :bucket, v.id, v.tenant, v.install_id, v.schedule_id, v.due_at, 0, v.state, v.reason, 0, :now, :now,
       v.missed_count, v.missed_from, v.missed_to
FROM unnest(:ids, :tenants, :installs, :schedules, :dues, :states, :reasons, :missed_counts, :missed_froms, :missed_tos)
  AS v (id, tenant, install_id, schedule_id, due_at, state, reason, missed_count, missed_from, missed_to)
ON CONFLICT (bucket, schedule_id, due_at, trigger_kind) DO NOTHING
RETURNING id;
