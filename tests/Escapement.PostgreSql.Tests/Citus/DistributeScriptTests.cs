using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Escapement.PostgreSql.Tests.Citus;

/// <summary>The script is run for real, on a real PostgreSQL, with stand-ins for the functions of Citus.</summary>
public sealed class DistributeScriptTests(OwnDatabase database) : IAsyncLifetime, IClassFixture<OwnDatabase>
{
    private const string ForeignKeys = """
        SELECT coalesce(string_agg(conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid), E'\n' ORDER BY conname), '')
        FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
        """;

    private readonly PostgreSqlStoreOptions options = database.NewOptions();

    public async ValueTask InitializeAsync() => await (await PostgreSqlStore.OpenAsync(options, TimeProvider.System)).DisposeAsync();

    public async ValueTask DisposeAsync() => await TestDatabase.DropAsync(options);

    [Fact]
    public async Task Script_ForeignKeys_AreOffWhileTablesAreDistributedAndAsBeforeAtTheEnd()
    {
        var before = await TestDatabase.ReadAsync<string>(options, ForeignKeys);
        await TestDatabase.RunAsync(options, DistributeScript.StandIns);

        await RunAsync();

        Assert.NotEmpty(before);
        Assert.Equal(before, await TestDatabase.ReadAsync<string>(options, ForeignKeys));
    }

    [Fact]
    public async Task Script_EveryTable_IsEitherAReferenceOrDistributedByBucketWithTheOthers()
    {
        await TestDatabase.RunAsync(options, DistributeScript.StandIns);
        await RunAsync();

        var calls = await CallsAsync();
        Assert.Equal(DistributeScript.ReferenceTables.Select(t => $"reference {t}"), calls.Where(c => c.StartsWith("reference", StringComparison.Ordinal)));
        Assert.Equal(
            DistributeScript.DistributedTables
                .Select((t, i) => $"distributed {t} by bucket with {(i == 0 ? "none on 16" : DistributeScript.DistributedTables[0])}"),
            calls.Where(c => c.StartsWith("distributed", StringComparison.Ordinal)));
        var all = await TestDatabase.ReadAsync<string>(options, """
            SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class
            WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
              AND relname NOT IN ('asked', 'pg_dist_partition')
            """);
        string[] listed = [.. DistributeScript.ReferenceTables, .. DistributeScript.DistributedTables];
        Assert.Equal(all.Split(' '), listed.Order(StringComparer.Ordinal));
        Assert.Equal(listed, calls.Where(c => c.StartsWith("truncate", StringComparison.Ordinal)).Select(c => c["truncate ".Length..]));
    }

    [Fact]
    public async Task Script_SecondTime_DoesNothing()
    {
        await TestDatabase.RunAsync(options, DistributeScript.StandIns);
        await RunAsync();
        var calls = await CallsAsync();
        var keys = await TestDatabase.ReadAsync<string>(options, KeyIds);

        await RunAsync();

        Assert.Equal(calls, await CallsAsync());
        Assert.Equal(keys, await TestDatabase.ReadAsync<string>(options, KeyIds));
    }

    [Theory]
    [InlineData("SELECT create_distributed_table('schedules'")]
    [InlineData("ALTER TABLE installs ADD")]
    [InlineData("SELECT create_reference_table('versions'")]
    public async Task Script_BrokenOffAndRunAgain_EndsTheSame(string at)
    {
        var before = await TestDatabase.ReadAsync<string>(options, ForeignKeys);
        await TestDatabase.RunAsync(options, DistributeScript.StandIns);
        var script = DistributeScript.For(options.Schema);
        var cut = script.IndexOf(at, StringComparison.Ordinal);
        var start = cut < 0 ? script.Length : script[..cut].LastIndexOf(";\n\n", StringComparison.Ordinal) + 1;

        await TestDatabase.RunAsync(options, script[..start]);
        await RunAsync();

        Assert.Equal(before, await TestDatabase.ReadAsync<string>(options, ForeignKeys));
        Assert.Equal(
            DistributeScript.ReferenceTables.Count + DistributeScript.DistributedTables.Count,
            (await CallsAsync()).Count(c => !c.StartsWith("truncate", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Script_PartitionThatWasNotDistributed_IsNamed()
    {
        await TestDatabase.RunAsync(options, DistributeScript.StandIns);
        await RunAsync();
        await TestDatabase.RunAsync(options, "DELETE FROM pg_dist_partition WHERE logicalrelid = 'runs_other'::regclass");

        var refused = await Assert.ThrowsAsync<PostgresException>(RunAsync);
        Assert.Equal("Not distributed: runs_other", refused.MessageText);
    }

    /// <summary>What a node sets on its connection does not reach the machines behind the coordinator.</summary>
    [Fact]
    public async Task Script_Settings_AreTheUsersInThisDatabase()
    {
        await TestDatabase.RunAsync(options, DistributeScript.StandIns);
        await RunAsync();

        Assert.Equal(
            "enable_seqscan=off,jit=off",
            await TestDatabase.ReadAsync<string>(options, """
                SELECT array_to_string(s.setconfig, ',') FROM pg_db_role_setting s
                JOIN pg_database d ON d.oid = s.setdatabase JOIN pg_roles r ON r.oid = s.setrole
                WHERE d.datname = current_database() AND r.rolname = current_user
                """));
    }

    /// <summary>
    /// A table that refers to one that is distributed, and is not itself, is in the catalog of Citus from the moment it is made. It is left
    /// all the same.
    /// </summary>
    [Fact]
    public async Task Script_TableThatMerelyRefersToOthers_IsDistributed()
    {
        await TestDatabase.RunAsync(options, DistributeScript.StandIns);
        await TestDatabase.RunAsync(options, "INSERT INTO pg_dist_partition VALUES ('bundles'::regclass, 'n', 's'), ('installs'::regclass, 'n', 's')");

        await RunAsync();

        var calls = await CallsAsync();
        Assert.Contains("reference bundles", calls);
        Assert.Contains("distributed installs by bucket with buckets", calls);
    }

    [Theory]
    [InlineData("DELETE FROM pg_dist_partition WHERE logicalrelid = 'endpoints'::regclass", "endpoints is left")]
    [InlineData(
        "UPDATE pg_dist_partition SET partmethod = 'n', repmodel = 's' WHERE logicalrelid IN ('endpoints'::regclass, 'audit'::regclass)",
        "endpoints, audit are left")]
    public async Task Open_SchemaThatIsDistributedInPart_IsRefusedAndSaysWhatToRun(string change, string expected)
    {
        await TestDatabase.RunAsync(options, DistributeScript.StandIns);
        await RunAsync();
        await TestDatabase.RunAsync(options, change);

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await PostgreSqlStore.OpenAsync(options, TimeProvider.System));

        Assert.Contains($"but not all of it: {expected}", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"run deploy/citus/distribute.sql with -v schema={options.Schema}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_WithoutCitus_IsRefusedAndChangesNothing()
    {
        var before = await TestDatabase.ReadAsync<string>(options, ForeignKeys);

        var refused = await Assert.ThrowsAsync<PostgresException>(RunAsync);

        Assert.Equal("This database has no Citus", refused.MessageText);
        Assert.Equal(before, await TestDatabase.ReadAsync<string>(options, ForeignKeys));
    }

    [Fact]
    public async Task Script_SchemaWithoutTables_IsRefused()
    {
        var empty = database.NewOptions();
        await TestDatabase.RunAsync(options, $"CREATE SCHEMA {empty.Schema}");
        try
        {
            await TestDatabase.RunAsync(empty, DistributeScript.StandIns);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => TestDatabase.RunAsync(empty, DistributeScript.For(empty.Schema)));
            Assert.Equal($"Schema {empty.Schema} holds no tables of Escapement", refused.MessageText);
        }
        finally
        {
            await TestDatabase.DropAsync(empty);
        }
    }

    /// <summary>
    /// Citus finds no plan for a bucket that it is not told, so the store must not insist on plans without values there. And looks at all
    /// shards must not open more connections to each machine than the one that is there.
    /// </summary>
    [Theory]
    [InlineData(false, "force_generic_plan")]
    [InlineData(true, "auto")]
    public async Task Pool_OfADistributedSchema_PlansByValueOverOneConnectionAMachine(bool distributed, string planning)
    {
        if (distributed)
        {
            await TestDatabase.RunAsync(options, DistributeScript.StandIns);
            await RunAsync();
        }

        await using var pool = await Distribution.SuitAsync(new Pool(options), options, NullLogger.Instance, CancellationToken.None);
        await using var connection = await pool.OpenAsync(CancellationToken.None);
        await using var mode = new NpgsqlCommand("SHOW plan_cache_mode", connection);
        Assert.Equal(planning, await mode.ExecuteScalarAsync());
        await using var size = new NpgsqlCommand("SELECT current_setting('citus.max_adaptive_executor_pool_size', TRUE)", connection);
        Assert.Equal(distributed, await size.ExecuteScalarAsync() is "1");
    }

    private const string KeyIds =
        "SELECT string_agg(oid::text, ' ' ORDER BY oid) FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace";

    private Task RunAsync() => TestDatabase.RunAsync(options, DistributeScript.For(options.Schema));

    private async Task<string[]> CallsAsync() =>
        (await TestDatabase.ReadAsync<string>(options, "SELECT string_agg(call, ';' ORDER BY number) FROM asked")).Split(';');
}
