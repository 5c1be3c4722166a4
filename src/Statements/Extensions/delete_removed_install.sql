-- Removes an install for good that was kept, or was restored.
DELETE FROM removed_installs WHERE bucket = :bucket AND id = :id;
