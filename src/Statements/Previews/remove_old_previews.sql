-- Takes away previews that were shown before an instant: nobody can commit them.
DELETE FROM previews WHERE bucket = :bucket AND created_at < :before;
