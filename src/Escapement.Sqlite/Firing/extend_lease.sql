-- Differs: PostgreSQL extends many leases at once, but for those in rows that somebody holds; SQLite one at a time.
-- Extends a lease that is still held with this token. One that reaches further stays; but one beyond
-- :latest, if that is given, is from before a clock was set back, and is cut.
UPDATE runs SET lease_until = CASE WHEN lease_until > :latest THEN :until ELSE max(lease_until, :until) END
WHERE id = :id AND tenant = :tenant AND lease_token = :token AND state = 1;
