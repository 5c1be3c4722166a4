-- Takes away answers that count no more.
DELETE FROM answers WHERE bucket = :bucket AND at <= :from;
