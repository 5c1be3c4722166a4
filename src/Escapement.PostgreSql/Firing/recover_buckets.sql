-- The buckets in which leases ran out, in one read that hardly ever finds any. The embedded store has no buckets and no such statement.
SELECT DISTINCT bucket FROM running_runs WHERE lease_until < :now;
