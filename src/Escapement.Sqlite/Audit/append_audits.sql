-- Differs: PostgreSQL writes all entries of a bucket at once; SQLite one at a time, which costs it nothing.
-- Writes one audit entry. Of one that is there only the count grows: a batch whose commit was not answered is written again, and an entry
-- that stands for several refusals is written when the first comes and when the minute is over.
INSERT INTO audit (tenant, id, at, install_id, actor_kind, actor_id, action, target, outcome, count, detail)
VALUES (:tenant, :id, :at, :install, :actor_kind, :actor_id, :action, :target, :outcome, :count, :detail)
ON CONFLICT (tenant, id) DO UPDATE SET count = excluded.count WHERE excluded.count > audit.count;
