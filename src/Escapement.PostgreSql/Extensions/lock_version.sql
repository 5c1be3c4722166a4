-- Holds a version unless it is withdrawn, so that nobody installs or withdraws it meanwhile: whoever does waits for its row. The embedded store has one
-- writer.
SELECT id FROM versions WHERE id = :id AND withdrawn_at IS NULL FOR UPDATE;
