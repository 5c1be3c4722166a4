-- Lets one node at a time make the first token. The embedded store has one node.
SELECT pg_advisory_xact_lock(:key, hashtext(current_schema()));
