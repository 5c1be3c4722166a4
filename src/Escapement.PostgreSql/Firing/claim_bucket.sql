-- Takes a bucket for the length of a claim; no row when another node claims in it now. The embedded store has one writer instead.
SELECT bucket FROM buckets WHERE bucket = :bucket FOR UPDATE SKIP LOCKED;
