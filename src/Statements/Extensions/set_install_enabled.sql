-- Enables or disables an install.
UPDATE installs SET enabled = :enabled, updated_at = :now WHERE bucket = :bucket AND id = :id;
