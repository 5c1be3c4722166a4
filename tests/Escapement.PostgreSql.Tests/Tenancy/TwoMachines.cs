using Escapement.PostgreSql.Tenancy;
using Escapement.PostgreSql.Tests.Citus;

namespace Escapement.PostgreSql.Tests.Tenancy;

/// <summary>
/// Makes a schema look like one that Citus has spread over two machines, each with every other bucket, of which one can be away: whatever
/// touches its buckets then fails as Citus says it.
/// </summary>
internal sealed class TwoMachines(PostgreSqlStoreOptions options)
{
    private const string StandIns = """
        CREATE TABLE pg_dist_node (groupid integer, nodename text, nodeport integer, noderole text);
        CREATE TABLE pg_dist_placement (shardid bigint, groupid integer);
        CREATE TABLE away (groupid integer);
        INSERT INTO pg_dist_node VALUES (1, 'even', 5432, 'primary'), (2, 'odd', 5432, 'primary'), (2, 'spare', 5432, 'secondary');
        INSERT INTO pg_dist_placement SELECT 100 + b, 1 + b % 2 FROM generate_series(0, 31) AS b;
        CREATE FUNCTION get_shard_id_for_distribution_column(what regclass, bucket smallint) RETURNS bigint LANGUAGE sql AS 'SELECT 100 + bucket::bigint';

        CREATE FUNCTION answers(bucket smallint) RETURNS boolean LANGUAGE plpgsql COST 1000000 AS $$
        BEGIN
          IF EXISTS (SELECT 1 FROM away WHERE groupid = 1 + bucket % 2) THEN
            RAISE EXCEPTION 'connection to the remote node failed: Connection refused' USING ERRCODE = '08006';
          END IF;
          RETURN TRUE;
        END $$;
        CREATE FUNCTION ask() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM answers(CASE WHEN TG_OP = 'DELETE' THEN OLD.bucket ELSE NEW.bucket END);
          RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        END $$;

        ALTER TABLE buckets RENAME TO bucket_rows;
        CREATE VIEW buckets AS SELECT bucket FROM bucket_rows WHERE answers(bucket);
        INSERT INTO pg_dist_partition SELECT 'buckets'::regclass, partmethod, repmodel FROM pg_dist_partition WHERE logicalrelid = 'bucket_rows'::regclass;
        CREATE TRIGGER ask BEFORE UPDATE OR DELETE ON running_runs FOR EACH ROW EXECUTE FUNCTION ask();
        CREATE TRIGGER ask BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION ask();
        CREATE TRIGGER ask BEFORE UPDATE ON health FOR EACH ROW EXECUTE FUNCTION ask();
        """;

    /// <summary>A tenant of each machine.</summary>
    public static TenantId Even { get; } = TenantOf(0);

    public static TenantId Odd { get; } = TenantOf(1);

    /// <summary>Makes the schema and changes it. Stores that are opened on it afterwards take it for distributed.</summary>
    public async Task MakeAsync()
    {
        await (await PostgreSqlStore.OpenAsync(options, TimeProvider.System)).DisposeAsync();
        await TestDatabase.RunAsync(options, DistributeScript.StandIns);
        await TestDatabase.RunAsync(options, DistributeScript.For(options.Schema));
        await TestDatabase.RunAsync(options, StandIns);
    }

    /// <summary>The machine with the odd buckets goes away, or the other one.</summary>
    public Task LoseAsync(bool even = false) => TestDatabase.RunAsync(options, $"INSERT INTO away VALUES ({(even ? 1 : 2)})");

    public Task BringBackAsync() => TestDatabase.RunAsync(options, "DELETE FROM away");

    private static TenantId TenantOf(int remainder) =>
        Enumerable.Range(0, 100).Select(n => TenantId.Parse($"tenant-{n}")).First(t => Bucket.Of(t) % 2 == remainder);
}
