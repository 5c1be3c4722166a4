-- Whether the store can be written: raises a counter that means nothing.
UPDATE health SET checks = checks + 1 WHERE bucket = :bucket;
