-- Notes what became of the schedules of a part.
UPDATE bulk_parts SET fates = :fates, entries = :entries WHERE bucket = :bucket AND bulk_id = :bulk AND number = :number;
