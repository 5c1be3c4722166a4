-- Removes for good what is kept of the schedules of an install.
DELETE FROM removed_schedules WHERE bucket = :bucket AND install_id = :install;
