using Escapement.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Escapement.Nodes;

/// <summary>Gives this node's signs of life, from before it fires until after.</summary>
internal sealed partial class NodeKeeper : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly INodeStore store;
    private readonly NodeSilence silence;
    private readonly RunPace pace;
    private readonly IHostApplicationLifetime? lifetime;
    private readonly TimeProvider time;
    private readonly ILogger<NodeKeeper> logger;
    private readonly SemaphoreSlim turn = new(1, 1);
    private HostNode node;

    /// <param name="name">What the node is called.</param>
    /// <param name="slots">Runs that it carries out at once; 0 when it fires none.</param>
    /// <param name="store">Where nodes are kept.</param>
    /// <param name="silence">How long a silence of all nodes is an outage.</param>
    /// <param name="pace">How long its runs take.</param>
    /// <param name="lifetime">Says when the process is to stop; null where nobody says so.</param>
    /// <param name="time">The host's clock.</param>
    /// <param name="logger">Gets outages that ended.</param>
    public NodeKeeper(
        string name,
        int slots,
        INodeStore store,
        NodeSilence silence,
        RunPace pace,
        IHostApplicationLifetime? lifetime,
        TimeProvider time,
        ILogger<NodeKeeper> logger)
    {
        this.lifetime = lifetime;
        this.store = store;
        this.silence = silence;
        this.pace = pace;
        this.time = time;
        this.logger = logger;
        var now = time.GetUtcNow();
        node = new HostNode { Id = Ids.Next(time), Name = name, Slots = slots, Version = ProductVersion.Text, StartedAt = now, SeenAt = now };
    }

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anything fires: what ended an outage is known from its first run on.
        await BeatAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        node = node with { EndedAt = time.GetUtcNow() };
        await BeatAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Runs that are under way can take minutes to their end, and whoever looks is to see why nothing new starts.
        using var draining = lifetime?.ApplicationStopping.Register(() => _ = DrainAsync());
        while (true)
        {
            await Task.Delay(Interval, time, stoppingToken);
            await BeatAsync(stoppingToken);
        }
    }

    private Task DrainAsync()
    {
        node = node with { DrainingSince = time.GetUtcNow() };
        return BeatAsync(CancellationToken.None);
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        // One that was begun earlier must not be kept later, and take back what this one says.
        await turn.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            var mean = pace.Mean;
            node = node with { SeenAt = now, MeanRun = mean?.Mean, MeanRunOf = mean?.Of ?? 0, ClockOffset = store.ClockOffset };
            var asked = time.GetTimestamp();
            var outage = await store.BeatAsync(node, now - silence.Limit, cancellationToken);
            node = node with { StoreTook = time.GetElapsedTime(asked) };
            if (outage is not null)
            {
                OutageEnded(outage.From, outage.To);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The next will tell, and readiness tells of the store.
            NotSaid(e);
        }
        finally
        {
            turn.Release();
        }
    }
}
