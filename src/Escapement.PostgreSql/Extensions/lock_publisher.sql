-- Lets a publisher publish on one node at a time, so that what is kept of it can be summed. The embedded store has one writer.
SELECT pg_advisory_xact_lock(:key, hashtext(current_schema() || ' ' || :publisher));
