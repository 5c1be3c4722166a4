-- Keeps what is answered to a request, in the transaction of the change.
INSERT INTO answers (bucket, request_sha256, body_sha256, status, location, content, at)
VALUES (:bucket, :request, :body, :status, :location, :content, :at);
