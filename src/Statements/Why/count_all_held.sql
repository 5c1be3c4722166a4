-- How many schedules of all tenants were put aside for a pause.
SELECT count(*)
FROM schedules
WHERE held IS NOT NULL;
