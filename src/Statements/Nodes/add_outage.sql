-- An outage, unless another node that came back has written it.
INSERT INTO outages (bucket, from_at, to_at, node, stopped, drained_node, drained_by)
VALUES (:bucket, :from, :to, :node, :stopped, :drained_node, :drained_by)
ON CONFLICT (bucket, from_at) DO NOTHING;
