-- Whether the file can be read: touches the schema's page and one table.
SELECT count(*) FROM (SELECT 1 FROM installs LIMIT 1);
