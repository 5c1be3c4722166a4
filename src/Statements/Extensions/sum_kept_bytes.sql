-- How many bytes are kept of what a publisher has published, also of what was withdrawn. An index alone answers.
SELECT CAST(COALESCE(SUM(kept_bytes), 0) AS bigint) FROM versions WHERE published_by = :publisher;
