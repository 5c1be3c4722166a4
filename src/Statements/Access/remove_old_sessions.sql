-- Takes away sessions that began before an instant: they are over.
DELETE FROM sessions WHERE created_at < :before;
