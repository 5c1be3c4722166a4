-- Whether the machine of a bucket answers. The embedded store has one machine.
SELECT bucket FROM buckets WHERE bucket = :bucket;
