-- Whether the database can be read: touches one table.
SELECT count(*)::integer FROM buckets;
