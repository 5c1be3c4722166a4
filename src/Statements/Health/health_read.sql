-- Whether the store can be read: touches one table.
SELECT count(*) FROM buckets;
