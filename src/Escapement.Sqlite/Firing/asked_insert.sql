-- Differs: PostgreSQL keeps queued runs in a table of their own, so the ledger has to be asked; on SQLite its key refuses.
-- Queues a run that somebody asks for. The same instant again is refused by the ledger's key; the caller moves on by a millisecond.
INSERT INTO runs (id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, available_at, created_at,
                  asked, payload_revision)
VALUES (:id, :tenant, :install, :schedule, :due_at, :trigger, 0, 0, 0, :now, :now, :asked, :payload_revision)
ON CONFLICT (schedule_id, due_at, trigger_kind) DO NOTHING;
