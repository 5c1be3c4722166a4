-- Withdraws a version, unless another has done so meanwhile; its number stays taken, and its manifest stays.
UPDATE versions SET withdrawn_at = :now, kept_bytes = :kept_bytes WHERE id = :id AND withdrawn_at IS NULL;
