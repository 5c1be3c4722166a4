-- Holds a version, so that nobody installs it meanwhile: whoever does waits for its row, to refer to it. The embedded store has one writer.
SELECT id FROM versions WHERE id = :id FOR UPDATE;
