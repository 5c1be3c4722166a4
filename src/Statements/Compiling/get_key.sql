-- A key of the installation.
SELECT content FROM keys WHERE name = :name;
