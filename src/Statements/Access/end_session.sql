-- Ends a session; answers its id when it was there.
DELETE FROM sessions WHERE id = :id RETURNING id;
