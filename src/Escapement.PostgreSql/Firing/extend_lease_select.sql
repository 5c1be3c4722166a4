-- Which runs are held, and with which token.
SELECT id, lease_token FROM running_runs WHERE bucket = :bucket AND schedule_id = ANY (:schedules) AND lease_token = ANY (:tokens);
