-- Forgets that a component was compiled when no version is left that has it; what was refused stays refused, unless it may be no fault of its own.
DELETE FROM compilations
WHERE component_sha256 = :component AND (state = 2 OR retry_at IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM versions v WHERE v.component_sha256 = :component AND v.withdrawn_at IS NULL);
