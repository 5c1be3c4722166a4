-- Tells the other nodes that something is due. The embedded store has one node.
SELECT pg_notify(:channel, :text);
