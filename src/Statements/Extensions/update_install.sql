-- Writes what admins change of an install: its version, the one before, and what is granted.
UPDATE installs
SET version_id = :version, previous_version_id = :previous_version, granted = :granted, previous_granted = :previous_granted,
    updated_at = :updated_at
WHERE bucket = :bucket AND id = :id;
