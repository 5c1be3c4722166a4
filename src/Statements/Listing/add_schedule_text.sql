-- Keeps by what a schedule is found.
INSERT INTO schedule_texts (bucket, id, tenant, label, content, endpoint)
VALUES (:bucket, :id, :tenant, :label, :content, :endpoint);
