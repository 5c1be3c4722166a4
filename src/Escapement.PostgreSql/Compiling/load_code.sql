-- The parts of a component's compiled code, in their order.
SELECT content FROM compiled_code
WHERE bucket = :bucket AND component_sha256 = :component AND engine = :engine
ORDER BY part;
