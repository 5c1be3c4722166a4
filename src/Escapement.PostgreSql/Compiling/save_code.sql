-- Keeps a part of a component's compiled code, unless it is there. The embedded store has one node, whose file is enough.
INSERT INTO compiled_code (bucket, component_sha256, engine, part, content, created_at)
VALUES (:bucket, :component, :engine, :part, :content, :now)
ON CONFLICT DO NOTHING;
