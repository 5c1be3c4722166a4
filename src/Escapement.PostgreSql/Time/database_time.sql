-- The database's time now. The embedded store needs no such thing: it has one node.
SELECT clock_timestamp();
