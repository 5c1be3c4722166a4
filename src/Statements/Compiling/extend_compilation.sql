-- Holds a component for longer that is being compiled.
UPDATE compilations SET lease_until = :until
WHERE component_sha256 = :component AND engine = :engine AND lease_token = :token;
