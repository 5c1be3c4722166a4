-- Drops a component's compiled code.
DELETE FROM compiled_code WHERE bucket = :bucket AND component_sha256 = :component AND engine = :engine;
