-- When a version was withdrawn; no row when it was not.
SELECT withdrawn_at FROM versions WHERE id = :id AND withdrawn_at IS NOT NULL;
