-- Enables or disables an install.
UPDATE installs SET enabled = :enabled, updated_at = :now WHERE id = :id;
