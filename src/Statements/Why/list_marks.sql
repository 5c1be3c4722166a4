-- The last pauses of one thing up to an instant, their ends, and in a range the changes of its version, the latest first. The actions are those of the index
-- audit_marks, which both databases find by them.
SELECT at, action, actor_id, detail, changes, undoes
FROM audit
WHERE bucket = :bucket AND tenant = :tenant AND coalesce(target, '') = :target AND at <= :to
  AND outcome = 0 AND action IN ('schedule.pause', 'schedule.resume', 'install.pause', 'install.resume', 'tenant.pause', 'tenant.resume',
                                 'host.pause', 'host.resume', 'install.upgrade', 'install.rollback')
  AND (at >= :from OR action NOT IN ('install.upgrade', 'install.rollback'))
ORDER BY at DESC
LIMIT :limit;
