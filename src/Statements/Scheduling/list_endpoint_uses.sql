-- What an install's schedules call; asked while the install is held, which keeps everybody else from changing it.
SELECT id, method, path, revision FROM schedules WHERE bucket = :bucket AND install_id = :install AND tenant = :tenant ORDER BY id;
