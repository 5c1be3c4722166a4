-- Extends a lease that is still held with this token. One that reaches further stays, unless it is from before a clock was set back.
UPDATE runs SET lease_until = CASE WHEN lease_until > :until AND lease_until <= :latest THEN lease_until ELSE :until END
WHERE id = :id AND tenant = :tenant AND lease_token = :token AND state = 1;
