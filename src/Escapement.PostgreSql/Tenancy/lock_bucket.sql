-- Holds a bucket as a claim does, so that what is written under it is seen by every claim that comes after. The embedded store has one
-- writer instead.
SELECT bucket FROM buckets WHERE bucket = :bucket FOR UPDATE;
