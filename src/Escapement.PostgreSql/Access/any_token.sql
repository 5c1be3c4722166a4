-- Whether there is a token: a row, or none. The embedded store asks while it adds.
SELECT 1 FROM tokens LIMIT 1;
