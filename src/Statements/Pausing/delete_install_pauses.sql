-- Removes the pauses of an install that is gone for good.
DELETE FROM pauses WHERE bucket = :bucket AND install_id = :install AND tenant = :tenant;
