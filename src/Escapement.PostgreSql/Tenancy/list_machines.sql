-- On which machine each bucket lies, from what the coordinator of a Citus cluster knows by itself. The embedded store has one machine.
SELECT b.bucket::smallint, n.nodename, n.nodeport
FROM generate_series(0, 31) AS b (bucket)
JOIN pg_dist_placement p ON p.shardid = get_shard_id_for_distribution_column('buckets', b.bucket::smallint)
JOIN pg_dist_node n ON n.groupid = p.groupid AND n.noderole = 'primary'
ORDER BY n.nodename, n.nodeport, b.bucket;
