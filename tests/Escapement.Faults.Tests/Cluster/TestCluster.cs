using System.Globalization;

namespace Escapement.Faults.Tests.Cluster;

/// <summary>Three nodes, each behind a proxy of its own, on one PostgreSQL; and every life that a node has had.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    public const int Size = 3;

    /// <summary>How long all nodes are silent in an outage, in real time.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan StartWait = TimeSpan.FromSeconds(90);

    private readonly Lock gate = new();
    private readonly Proxy[] proxies;
    private readonly NodeProcess?[] current = new NodeProcess?[Size];
    private readonly List<NodeProcess> lives = [];

    private TestCluster(double factor, TimeSpan lease)
    {
        Lapse = new Lapse(TimeProvider.System.GetUtcNow(), factor);
        Lease = lease;
        proxies = [.. Enumerable.Range(0, Size).Select(_ => new Proxy(() => Postgres.Port))];
    }

    public PrivatePostgres Postgres { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("escapement-faults-").FullName;

    public Lapse Lapse { get; }

    public TimeSpan Lease { get; }

    public DateTimeOffset ShownNow => Lapse.At(TimeProvider.System.GetUtcNow());

    /// <summary>Every process that ever was a node here, dead ones too.</summary>
    public IReadOnlyList<NodeProcess> Lives
    {
        get
        {
            lock (gate)
            {
                return [.. lives];
            }
        }
    }

    public static async Task<TestCluster> StartAsync(double factor, TimeSpan lease)
    {
        var cluster = new TestCluster(factor, lease);
        await cluster.Postgres.StartAsync();

        // Together, on a database without a schema.
        await Task.WhenAll(Enumerable.Range(0, Size).Select(cluster.StartNodeAsync));
        return cluster;
    }

    public Proxy Proxy(int node) => proxies[node];

    public NodeProcess Node(int node)
    {
        lock (gate)
        {
            return current[node]!;
        }
    }

    /// <summary>Starts a new life of a node in place of the one before.</summary>
    public async Task StartNodeAsync(int node)
    {
        NodeProcess started;
        lock (gate)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{(char)('a' + node)}{lives.Count(l => l.Name[0] == 'a' + node) + 1}");
            started = new NodeProcess(name, Folder, Postgres.ConnectionString(proxies[node].Port), Lapse, Lease, Silence);
            lives.Add(started);
            current[node] = started;
        }

        await started.ReadyAsync(StartWait);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var life in Lives)
        {
            life.Thaw();
            await life.DisposeAsync();
        }

        foreach (var proxy in proxies)
        {
            await proxy.DisposeAsync();
        }

        await Postgres.DisposeAsync();
    }
}
