-- How many runs are under way for each install of the bucket, for the limits; reads one small partial index.
SELECT install_id, tenant, count(*)::integer FROM runs WHERE bucket = :bucket AND state = 1 GROUP BY install_id, tenant;
