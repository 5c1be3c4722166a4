-- Removes a schedule; its rows in the ledger stay, and so does a run that is under way.
DELETE FROM schedules WHERE bucket = :bucket AND id = :id;
