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
    private readonly NodeIntake intake;
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
    /// <param name="intake">Is closed while it is drained.</param>
    /// <param name="lifetime">Says when the process is to stop; null where nobody says so.</param>
    /// <param name="time">The host's clock.</param>
    /// <param name="logger">Gets outages that ended.</param>
    public NodeKeeper(
        string name,
        int slots,
        INodeStore store,
        NodeSilence silence,
        RunPace pace,
        NodeIntake intake,
        IHostApplicationLifetime? lifetime,
        TimeProvider time,
        ILogger<NodeKeeper> logger)
    {
        this.lifetime = lifetime;
        this.store = store;
        this.silence = silence;
        this.pace = pace;
        this.intake = intake;
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

    /// <summary>Hears at once what was said to a node, if it is this one.</summary>
    public Task HearAsync(Guid id, CancellationToken cancellationToken) => id == node.Id ? BeatAsync(cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Runs that are under way can take minutes to their end, and whoever looks is to see why nothing new starts.
        using var stopping = lifetime?.ApplicationStopping.Register(() => _ = TellStoppingAsync());
        while (true)
        {
            await Task.Delay(Interval, time, stoppingToken);
            await BeatAsync(stoppingToken);
        }
    }

    private Task TellStoppingAsync()
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
            await SayAsync(cancellationToken);
            if (node.IsDrained && !intake.IsClosed)
            {
                intake.Close();
                node = node with { IdleSince = node.SeenAt };
                Drained(node.Drain!.By, node.Drain.Note);
                await SayAsync(cancellationToken);
            }
            else if (!node.IsDrained && intake.IsClosed)
            {
                // Before anything fires: what kept it from firing is known from its first run on.
                node = node with { IdleSince = null };
                await SayAsync(cancellationToken);
                intake.Open();
                TakesWork();
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

    private async Task SayAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var mean = pace.Mean;
        node = node with { SeenAt = now, MeanRun = mean?.Mean, MeanRunOf = mean?.Of ?? 0, ClockOffset = store.ClockOffset };
        var asked = time.GetTimestamp();
        var (outage, drain) = await store.BeatAsync(node, now - silence.Limit, cancellationToken);
        node = node with { StoreTook = time.GetElapsedTime(asked), Drain = drain };
        if (outage is not null)
        {
            OutageEnded(outage.From, outage.To);
        }
    }
}
