-- Which occurrences a tenant's runs made up for since an instant, of those that succeeded, the latest first.
SELECT schedule_id, asked
FROM runs
WHERE bucket = :bucket AND tenant = :tenant AND due_at >= :from AND trigger_kind IN (2, 3) AND state = 2
ORDER BY due_at DESC
LIMIT :limit;
