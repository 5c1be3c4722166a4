-- An outage, unless another node that came back has written it.
INSERT INTO outages (bucket, from_at, to_at, node, stopped) VALUES (:bucket, :from, :to, :node, :stopped) ON CONFLICT (bucket, from_at) DO NOTHING;
