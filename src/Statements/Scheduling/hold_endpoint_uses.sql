-- What an install's schedules call, held until the change of the install is written, in the order in which everybody holds schedules.
SELECT id, method, path, revision FROM schedules WHERE bucket = :bucket AND install_id = :install AND tenant = :tenant ORDER BY id
FOR NO KEY UPDATE;
