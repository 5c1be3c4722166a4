-- Differs: PostgreSQL extends many leases at once, but for those in rows that somebody holds; SQLite one at a time.
-- Extends leases that are still held with their token, but for those in rows that somebody holds now. A lease that reaches further
-- stays: a call that hung may come after the one that followed it. But one beyond :latest, if that is given, is from before a clock
-- was set back, and is cut.
UPDATE running_runs r
SET lease_until = CASE WHEN r.lease_until > :latest THEN :until ELSE greatest(r.lease_until, :until) END
WHERE r.bucket = :bucket AND r.schedule_id = ANY (ARRAY(
  SELECT h.schedule_id FROM running_runs h
  WHERE h.bucket = :bucket AND h.schedule_id = ANY (:schedules) AND h.lease_token = ANY (:tokens)
  FOR UPDATE SKIP LOCKED));
