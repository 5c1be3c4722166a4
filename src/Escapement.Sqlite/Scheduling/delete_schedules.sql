-- Removes all schedules of an install, when it is uninstalled.
DELETE FROM schedules WHERE install_id = :install;
