-- Removes all schedules of an install, when it is uninstalled.
DELETE FROM schedules WHERE bucket = :bucket AND install_id = :install;
