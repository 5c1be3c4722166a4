-- Removes what was kept of the schedules of an install that is restored.
DELETE FROM removed_schedules WHERE bucket = :bucket AND install_id = :install AND with_install;
