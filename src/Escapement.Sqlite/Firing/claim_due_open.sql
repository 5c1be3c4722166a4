-- Differs: PostgreSQL opens all runs of a claim at once, in a table of their own; SQLite one at a time, in the ledger.
-- Opens the run of an occurrence under a lease. A row that is there already wins.
INSERT INTO runs (id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt,
                  lease_token, lease_until, created_at, started_at, node, payload_revision)
VALUES (:id, :tenant, :install, :schedule, :due_at, 0, 1, 0, 1, :token, :until, :now, :now, :node, :payload_revision)
ON CONFLICT (schedule_id, due_at, trigger_kind) DO NOTHING;
