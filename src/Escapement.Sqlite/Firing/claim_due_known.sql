-- Differs: PostgreSQL asks about several occurrences at once, in three tables; SQLite about one, in the ledger.
-- Whether an occurrence has been recorded or opened already. Asked only about those that are not after the latest of their schedule: a
-- clock that was set back makes them come due again.
SELECT 1 FROM runs WHERE schedule_id = :schedule AND due_at = :due_at AND trigger_kind = 0;
