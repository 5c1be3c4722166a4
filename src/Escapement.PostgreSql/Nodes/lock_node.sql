-- Holds a node for the rest of the transaction.
SELECT id FROM nodes WHERE bucket = :bucket AND id = :id FOR UPDATE;
