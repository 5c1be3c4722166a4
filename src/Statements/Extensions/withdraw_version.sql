-- Withdraws a version; its number stays taken, and its manifest stays.
UPDATE versions SET withdrawn_at = :now, kept_bytes = :kept_bytes WHERE id = :id;
