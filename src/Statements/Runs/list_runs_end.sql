-- The last row that list_runs looks at, if it looks at so many.
SELECT due_at, id
FROM all_runs
WHERE bucket = :bucket AND tenant = :tenant
  AND (due_at, id) < (:before, :before_id) AND due_at >= :from
ORDER BY due_at DESC, id DESC
LIMIT 1 OFFSET :skipped;
