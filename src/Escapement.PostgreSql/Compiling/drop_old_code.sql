-- Drops what other engines have left of old in a bucket.
DELETE FROM compiled_code WHERE bucket = :bucket AND engine <> :engine AND created_at < :before;
