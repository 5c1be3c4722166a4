-- How many of a tenant's schedules were put aside for a pause.
SELECT count(*)
FROM schedules
WHERE bucket = :bucket AND held IS NOT NULL AND tenant = :tenant;
