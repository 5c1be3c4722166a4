-- Adds a schedule to the index of searches.
INSERT INTO schedule_search (rowid, id, scope, content) VALUES (:number, :id, :scope, :content);
