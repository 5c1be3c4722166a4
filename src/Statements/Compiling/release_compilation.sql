-- Gives a component back that was not compiled to an end.
UPDATE compilations SET state = 0, attempts = attempts - 1, lease_token = NULL, lease_until = NULL
WHERE component_sha256 = :component AND engine = :engine AND lease_token = :token;
