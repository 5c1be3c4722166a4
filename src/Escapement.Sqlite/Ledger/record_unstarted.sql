-- Differs: PostgreSQL writes all rows of a change at once; SQLite one at a time, which costs it nothing.
-- Records an occurrence that does not start, or a range of them: skipped, missed, or given up before it could. A row that is there
-- already wins.
INSERT INTO runs (id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, created_at, finished_at,
                  missed_count, missed_from, missed_to, error, pause, asked)
VALUES (:id, :tenant, :install, :schedule, :due_at, 0, :state, :reason, 0, :now, :now, :missed_count, :missed_from, :missed_to, :error,
        :pause, :asked)
ON CONFLICT (schedule_id, due_at, trigger_kind) DO NOTHING;
