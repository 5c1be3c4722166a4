-- Removes a schedule; its rows in the ledger stay.
DELETE FROM schedules WHERE id = :id;
