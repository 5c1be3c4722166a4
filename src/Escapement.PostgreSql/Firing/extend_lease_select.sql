-- Which runs are there with which token, and until when their leases reach.
SELECT id, lease_token, lease_until FROM running_runs WHERE bucket = :bucket AND schedule_id = ANY (:schedules) AND lease_token = ANY (:tokens);
