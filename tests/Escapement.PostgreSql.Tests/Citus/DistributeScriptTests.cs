using Escapement.PostgreSql.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Escapement.PostgreSql.Tests.Citus;

/// <summary>The script is run for real, on a real PostgreSQL, with stand-ins for the functions of Citus.</summary>
public sealed class DistributeScriptTests : IAsyncLifetime
{
    private const string ForeignKeys = """
        SELECT coalesce(string_agg(conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid), E'\n' ORDER BY conname), '')
        FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
        """;

    private readonly PostgreSqlStoreOptions options = TestDatabase.NewOptions();

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
            DistributeScript.DistributedTables.Select((t, i) => $"distributed {t} by bucket with {(i == 0 ? "none" : DistributeScript.DistributedTables[0])}"),
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
        var empty = TestDatabase.NewOptions();
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

    /// <summary>Citus finds no plan for a bucket that it is not told, so the store must not insist on plans without values there.</summary>
    [Theory]
    [InlineData(false, "force_generic_plan")]
    [InlineData(true, "auto")]
    public async Task Pool_OfADistributedSchema_PlansByValue(bool distributed, string expected)
    {
        if (distributed)
        {
            await TestDatabase.RunAsync(options, DistributeScript.StandIns);
            await RunAsync();
        }

        await using var pool = await Distribution.SuitAsync(new Pool(options), options, NullLogger.Instance, CancellationToken.None);
        await using var connection = await pool.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand("SHOW plan_cache_mode", connection);
        Assert.Equal(expected, await command.ExecuteScalarAsync());
    }

    private const string KeyIds =
        "SELECT string_agg(oid::text, ' ' ORDER BY oid) FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace";

    private Task RunAsync() => TestDatabase.RunAsync(options, DistributeScript.For(options.Schema));

    private async Task<string[]> CallsAsync() =>
        (await TestDatabase.ReadAsync<string>(options, "SELECT string_agg(call, ';' ORDER BY number) FROM asked")).Split(';');
}
