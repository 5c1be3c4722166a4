-- The versions that some tenant has installed and enabled.
SELECT DISTINCT version_id FROM installs WHERE enabled;
