-- Pauses and changes of the version of one thing in a range, the latest first. The actions are those of the index audit_marks, which both databases find
-- by them.
SELECT at, action, actor_id
FROM audit
WHERE bucket = :bucket AND tenant = :tenant AND coalesce(target, '') = :target AND at >= :from AND at <= :to
  AND outcome = 0 AND action IN ('schedule.pause', 'schedule.resume', 'install.pause', 'install.resume', 'tenant.pause', 'tenant.resume',
                                 'host.pause', 'host.resume', 'install.upgrade', 'install.rollback')
ORDER BY at DESC
LIMIT :limit;
