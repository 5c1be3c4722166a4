-- How many installs are of a version, or were before their last upgrade and may go back to it.
SELECT count(*) FROM installs WHERE version_id = :version OR previous_version_id = :version;
