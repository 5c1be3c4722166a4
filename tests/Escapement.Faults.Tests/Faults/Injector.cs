using Escapement.Faults.Tests.Cluster;
using Npgsql;

namespace Escapement.Faults.Tests.Faults;

/// <summary>Lets one fault come and go. When it returns, what it took is back and its node is ready.</summary>
internal sealed class Injector(TestCluster cluster, FaultLog log)
{
    private const string EndSessions = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'escapement'";

    // What is done to the database as a whole is done one thing after another: a server that is down cannot be slow.
    private readonly SemaphoreSlim database = new(1);
    private readonly SemaphoreSlim[] nodes = [.. Enumerable.Range(0, TestCluster.Size).Select(_ => new SemaphoreSlim(1))];

    public async Task InjectAsync(FaultKind kind, Random random)
    {
        var node = random.Next(TestCluster.Size);
        var longerThanALease = cluster.Lease * (1.2 + (0.8 * random.NextDouble()));
        var moment = TimeSpan.FromMilliseconds(random.Next(1_500));
        var ofOneNode = kind is FaultKind.Kill or FaultKind.Replace or FaultKind.Stall
            or FaultKind.NetworkHeld or FaultKind.NetworkLost or FaultKind.NetworkReset;
        var turn = ofOneNode ? nodes[node] : database;
        await turn.WaitAsync();
        try
        {
            await log.DuringAsync(kind.ToString(), ofOneNode ? cluster.Node(node).Name : null, () => kind switch
            {
                FaultKind.Kill => KillAsync(node, moment),
                FaultKind.Replace => ReplaceAsync(node),
                FaultKind.Stall => StallAsync(node, longerThanALease),
                FaultKind.DatabaseRestart => StopDatabaseAsync(cluster.Postgres.StopFastAsync, moment),
                FaultKind.DatabaseCrash => StopDatabaseAsync(cluster.Postgres.CrashAsync, moment),
                FaultKind.SessionsEnded => EndSessionsAsync(random),
                FaultKind.NetworkHeld => NetworkAsync(node, NetworkMode.Held, longerThanALease),
                FaultKind.NetworkLost => NetworkAsync(node, NetworkMode.Swallowed, longerThanALease),
                FaultKind.NetworkReset => NetworkAsync(node, NetworkMode.Reset, longerThanALease),
                FaultKind.SlowDisk => SlowDiskAsync(random),
                _ => throw new ArgumentOutOfRangeException(nameof(kind)),
            });
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Ends a node in an orderly way, for good.</summary>
    public Task StopAsync(int node) => log.DuringAsync("stop at the end", cluster.Node(node).Name, () => TerminateAsync(node), counts: false);

    // A process that has just started compiles its code as it goes.
    private async Task StartAsync(int node)
    {
        var from = TimeProvider.System.GetUtcNow();
        await cluster.StartNodeAsync(node);
        log.Saw("a node starts", from, cluster.Node(node).Name);
    }

    private async Task KillAsync(int node, TimeSpan moment)
    {
        log.Kill(cluster.Node(node).Name);
        cluster.Node(node).Kill();
        await Task.Delay(moment);
        await StartAsync(node);
    }

    private async Task ReplaceAsync(int node)
    {
        await TerminateAsync(node);
        await StartAsync(node);
    }

    private async Task TerminateAsync(int node)
    {
        var code = await cluster.Node(node).TerminateAsync(TimeSpan.FromSeconds(30));
        Assert.True(code == 0, $"Node {cluster.Node(node).Name} ended with {code} when it was told to stop; {cluster.Node(node).OutputFile} says why");
    }

    private async Task StallAsync(int node, TimeSpan length)
    {
        Assert.True(cluster.Node(node).Freeze(), "The node could not be stopped");
        await Task.Delay(length);
        Assert.True(cluster.Node(node).Thaw(), "The node could not be continued");
    }

    private async Task StopDatabaseAsync(Func<Task> stop, TimeSpan moment)
    {
        await stop();
        await Task.Delay(moment);
        await cluster.Postgres.StartAsync();
    }

    private async Task EndSessionsAsync(Random random)
    {
        for (var i = 0; i < 3; i++)
        {
            await cluster.Postgres.ExecuteAsync(EndSessions);
            await Task.Delay(random.Next(700));
        }
    }

    private async Task NetworkAsync(int node, NetworkMode mode, TimeSpan length)
    {
        cluster.Proxy(node).Set(mode);
        await Task.Delay(length);
        cluster.Proxy(node).Set(NetworkMode.Open);
    }

    private async Task SlowDiskAsync(Random random)
    {
        await cluster.Postgres.ExecuteAsync("ALTER SYSTEM SET commit_siblings = 0", "ALTER SYSTEM SET commit_delay = 100000", "SELECT pg_reload_conf()");
        await Task.Delay(1_000 + random.Next(1_500));
        var processes = await cluster.Postgres.ProcessesAsync();
        Signals.Send("STOP", processes);
        try
        {
            await Task.Delay(500 + random.Next(1_500));
        }
        finally
        {
            Signals.Send("CONT", processes);
        }

        await Task.Delay(1_000);
        await cluster.Postgres.ExecuteAsync("ALTER SYSTEM RESET commit_siblings", "ALTER SYSTEM RESET commit_delay", "SELECT pg_reload_conf()");
    }
}
