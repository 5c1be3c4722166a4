-- Differs: PostgreSQL opens all runs of a claim at once, in a table of their own; SQLite one at a time, in the ledger.
-- Opens a run of a backfill under a lease. No other run of its schedule's backfills has its due time.
INSERT INTO runs (id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, lease_token, lease_until, created_at,
                  started_at, node, payload_revision, asked)
VALUES (:id, :tenant, :install, :schedule, :due_at, 3, 1, 0, 1, :token, :until, :now, :now, :node, :payload_revision, :asked);
