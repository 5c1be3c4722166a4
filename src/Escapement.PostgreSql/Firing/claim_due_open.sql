-- Opens the runs of occurrences under a lease; answers those opened. A row that is there already wins.
INSERT INTO runs (bucket, id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt,
                  lease_token, lease_until, created_at, started_at, node)
SELECT :bucket, v.id, v.tenant, v.install_id, v.schedule_id, v.due_at, 0, 1, 0, 1, :token, :until, :now, :now, :node
FROM unnest(:ids, :tenants, :installs, :schedules, :dues) AS v (id, tenant, install_id, schedule_id, due_at)
ON CONFLICT (bucket, schedule_id, due_at, trigger_kind) DO NOTHING
RETURNING id;
