-- Withdraws a version; its number stays taken.
UPDATE versions SET withdrawn_at = :now WHERE id = :id;
