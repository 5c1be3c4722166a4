-- Forgets by what a schedule is found.
DELETE FROM schedule_texts WHERE bucket = :bucket AND id = :id;
