-- What was answered to a request from an instant on. The columns are in the order in which StoredAnswer reads them.
SELECT body_sha256, status, location, content, at FROM answers WHERE bucket = :bucket AND request_sha256 = :request AND at > :from;
