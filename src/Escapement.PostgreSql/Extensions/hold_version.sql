-- When a version was withdrawn, if it was. Held against being withdrawn until the install refers to it. The embedded store has one writer.
SELECT withdrawn_at FROM versions WHERE id = :id
FOR KEY SHARE;
