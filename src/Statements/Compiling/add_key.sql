-- Stores a key of the installation, unless there is one of the name.
INSERT INTO keys (name, content, created_at) VALUES (:name, :content, :now) ON CONFLICT DO NOTHING;
