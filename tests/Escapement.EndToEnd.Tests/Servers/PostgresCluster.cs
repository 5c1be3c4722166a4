using Npgsql;

namespace Escapement.EndToEnd.Tests.Servers;

/// <summary>
/// Several nodes on one database: a schema of the test's own, a folder for each node, and one token. The server is the one that
/// <c>ESCAPEMENT_TEST_POSTGRES</c> names; without it a test fails, because what it is about was not tested.
/// </summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private readonly ServerFolder shared = new();
    private readonly List<RealServer> nodes = [];

    public PostgresCluster()
    {
        ConnectionString = Environment.GetEnvironmentVariable("ESCAPEMENT_TEST_POSTGRES") ?? "";
        Assert.True(
            ConnectionString.Length > 0,
            "There is no PostgreSQL to test with. Run: export ESCAPEMENT_TEST_POSTGRES=\"$(scripts/postgres start | tail -n 1)\"");
    }

    public string ConnectionString { get; }

    public string Schema { get; } = $"e2e_{Guid.NewGuid():N}";

    /// <summary>Starts a node and waits until it is ready. The first one that serves the API makes the token that all others share.</summary>
    public async Task<RealServer> StartAsync(string name, params (string Name, string Value)[] environment)
    {
        using var own = new ServerFolder(Path.Combine(shared.Root, name), shared.TokenFile);
        var node = await RealServer.StartAsync(own, [.. Settings, ("ESCAPEMENT__Firing__Node", name), .. environment]);
        nodes.Add(node);
        return node;
    }

    /// <summary>Runs a node that is to refuse its start.</summary>
    public async Task<(int Code, IReadOnlyList<string> Errors)> RefusedAsync(params (string Name, string Value)[] environment)
    {
        using var process = new ServerProcess(["--data", Path.Combine(shared.Root, "refused"), "--urls", "http://127.0.0.1:0"], [.. Settings, .. environment]);
        return (await process.EndAsync(), process.Errors);
    }

    /// <summary>Changes what no node offers to change; answers the rows.</summary>
    public async Task<int> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"SET search_path TO {Schema}; {sql}", connection);
        return await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        await using (var connection = new NpgsqlConnection(ConnectionString))
        {
            await connection.OpenAsync();
            await using var drop = new NpgsqlCommand($"DROP SCHEMA IF EXISTS {Schema} CASCADE", connection);
            await drop.ExecuteNonQueryAsync();
        }

        shared.Dispose();
    }

    /// <summary>What makes a server one of these nodes.</summary>
    public (string Name, string Value)[] Settings =>
    [
        ("ESCAPEMENT__Store", "postgres"),
        ("ESCAPEMENT__PostgreSql__ConnectionString", ConnectionString),
        ("ESCAPEMENT__PostgreSql__Schema", Schema),
    ];
}
