-- Lets one node at a time carry a request out, without waiting. The embedded store has one node.
SELECT pg_try_advisory_xact_lock(:key # hashtext(current_schema())::bigint);
