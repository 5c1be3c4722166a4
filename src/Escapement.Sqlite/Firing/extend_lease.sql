-- Extends a lease that is still held with this token.
UPDATE runs SET lease_until = :until WHERE id = :id AND tenant = :tenant AND lease_token = :token AND state = 1;
