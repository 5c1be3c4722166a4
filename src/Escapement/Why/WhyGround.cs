using Escapement.Nodes;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>What an answer is made from: all that is kept around one instant of one schedule.</summary>
internal sealed record WhyGround
{
    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>What the store keeps of the schedule itself.</summary>
    public required WhyRows Rows { get; init; }

    /// <summary>What else happened around it.</summary>
    public WhyAround Around { get; init; } = WhyAround.None;

    /// <summary>The pauses above it, with those that have ended as long as the store keeps them.</summary>
    public IReadOnlyList<Pause> Above { get; init; } = [];

    /// <summary>The backfill whose run makes up for the occurrence; null for none.</summary>
    public BackfillSummary? Backfill { get; init; }

    /// <summary>Times without any node, from the instant on.</summary>
    public IReadOnlyList<Outage> Outages { get; init; } = [];

    /// <summary>Nodes that are kept, the one that was started last first.</summary>
    public IReadOnlyList<HostNode> Nodes { get; init; } = [];

    /// <summary>How long a node may be silent by the host's clock.</summary>
    public TimeSpan SilentAfter { get; init; } = NodeSilence.Usual;

    /// <summary>That no node takes work, because none that fires gives signs of life or all are drained; null where one does.</summary>
    public Cause.NoNode? MissingNode
    {
        get
        {
            var firing = Nodes.Where(n => n.Slots > 0).ToList();
            var up = firing.Where(n => n.IsUpAt(Now, SilentAfter)).ToList();
            return up.Exists(n => !n.IsDrained) ? null
                : up.MaxBy(n => n.Drain!.Since) is { } drained ? new Cause.NoNode(drained.Drain!.Since, drained)
                : new Cause.NoNode(firing.Count == 0 ? null : firing.Max(n => n.SeenAt));
        }
    }

    /// <summary>What versions are called.</summary>
    public IReadOnlyDictionary<VersionId, string> Versions { get; init; } = new Dictionary<VersionId, string>();

    /// <summary>How far back the ledger is kept; null for all of it.</summary>
    public DateTimeOffset? Horizon { get; init; }

    /// <summary>The host's catch-up window.</summary>
    public required TimeSpan CatchUpWindow { get; init; }

    /// <summary>Whether whoever asked has gone: then nobody wants the answer.</summary>
    public CancellationToken Asker { get; init; }

    /// <summary>The occurrences of the schedule by its definitions.</summary>
    public DefinedTimes Times => new(Rows, Asker);
}

/// <summary>What a store keeps of a schedule around an instant.</summary>
internal sealed record WhyRows
{
    /// <summary>As it is, or as it was when it was deleted; null for one that is gone for good.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>Whether it was deleted or uninstalled.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>Definitions that began before the instant, the latest first.</summary>
    public IReadOnlyList<ScheduleDefinition> Definitions { get; init; } = [];

    /// <summary>Those that began later, the first of them first.</summary>
    public IReadOnlyList<ScheduleDefinition> Later { get; init; } = [];

    /// <summary>Rows of occurrences that stand at the instant or before it, the latest first.</summary>
    public IReadOnlyList<Run> Before { get; init; } = [];

    /// <summary>Rows of occurrences that stand behind it, the earliest first.</summary>
    public IReadOnlyList<Run> Behind { get; init; } = [];

    /// <summary>Whether the store knows the schedule at all.</summary>
    public bool IsKnown => Schedule is not null || Definitions.Count + Later.Count > 0;
}

/// <summary>Of which times something is asked for.</summary>
/// <param name="At">The occurrence.</param>
/// <param name="From">From when on changes of the version count; of pauses the last do, whenever they were.</param>
/// <param name="UpTo">Up to when anything counts.</param>
internal sealed record WhySpan(DateTimeOffset At, DateTimeOffset From, DateTimeOffset UpTo);

/// <summary>What else happened around an instant.</summary>
/// <param name="Started">Runs that started, or wait to, whatever made them, due up to the end of what is asked about, the latest first.</param>
/// <param name="Repeats">Those that make up for the occurrence, the latest first.</param>
/// <param name="Marks">Pauses and changes of the version, the latest first.</param>
internal sealed record WhyAround(IReadOnlyList<Run> Started, IReadOnlyList<Run> Repeats, IReadOnlyList<WhyMark> Marks)
{
    public static WhyAround None { get; } = new([], [], []);

    /// <summary>The changes of the version among them, in the span.</summary>
    public IEnumerable<WhyMark> VersionMarks => Marks.Where(m => m.IsOfVersion);

    /// <summary>How many runs of its install are under way now.</summary>
    public int UnderWayOfInstall { get; init; }

    /// <summary>How many of its tenant.</summary>
    public int UnderWayOfTenant { get; init; }

    /// <summary>The same with what is under way, install by install.</summary>
    public WhyAround WithUnderWay(InstallScope scope, IReadOnlyList<(InstallScope Scope, int Count)> running) => this with
    {
        UnderWayOfInstall = running.Where(r => r.Scope == scope).Sum(r => r.Count),
        UnderWayOfTenant = running.Where(r => r.Scope.Tenant == scope.Tenant).Sum(r => r.Count),
    };
}

/// <summary>Something that was done to a schedule, or to what is above it.</summary>
/// <param name="At">When.</param>
/// <param name="Action">What, as the audit has it: <c>tenant.resume</c>, <c>install.upgrade</c>.</param>
/// <param name="By">Who did it.</param>
internal sealed record WhyMark(DateTimeOffset At, string Action, string By)
{
    /// <summary>The pause that began with it, but for its id and its layer; null for none.</summary>
    public Pause? Began { get; init; }

    /// <summary>Whether a pause ended with it.</summary>
    public bool EndsPause { get; init; }

    /// <summary>Whether it took back something that was done before.</summary>
    public bool TakesBack { get; init; }

    /// <summary>The layer whose pause it began or ended; null where it did neither.</summary>
    public PauseLayer? Layer => Began is null && !EndsPause ? null : Action.Split('.')[0] switch
    {
        "host" => PauseLayer.Host,
        "tenant" => PauseLayer.Tenant,
        "install" => PauseLayer.Install,
        "schedule" => PauseLayer.Schedule,
        _ => throw new InvalidOperationException($"Nothing that pauses have a layer of: {Action}"),
    };

    /// <summary>Whether it changed the install's version.</summary>
    public bool IsOfVersion => Action is "install.upgrade" or "install.rollback";
}
