using System.Globalization;
using Escapement.Extensions;
using Escapement.Nodes;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Why;

namespace Escapement.Tests.Why;

/// <summary>
/// A schedule that was made on 1 February 2026 and is due at 09:00, on Monday 2 March at 12:00, all on the clocks of a zone: what each test is about is laid
/// over that.
/// </summary>
internal sealed record WhyScene
{
    public static readonly ScheduleId Id = new(Guid.Parse("01952a00-0000-7000-8000-000000000001"));

    private static readonly InstallScope Scope = new(TenantId.Parse("acme"), new InstallId(Guid.Parse("01952a00-0000-7000-8000-000000000002")));

    public WhyScene(string zone, string cron = "0 9 * * *", string at = "2026-03-02 09:00", string now = "2026-03-02 12:00")
    {
        (Zone, Cron) = (zone, cron);
        (At, Now) = (Local(at), Local(now));
        Definitions = [Definition("2026-02-01 08:00")];
    }

    public string Zone { get; init; }

    public string Cron { get; init; }

    public DateTimeOffset At { get; init; }

    public DateTimeOffset Now { get; init; }

    public IReadOnlyList<ScheduleDefinition> Definitions { get; init; }

    public Func<Schedule, Schedule> Changed { get; init; } = s => s;

    public bool IsThere { get; init; } = true;

    public IReadOnlyList<Run> Rows { get; init; } = [];

    public IReadOnlyList<Run> Others { get; init; } = [];

    public IReadOnlyList<Run> Repeats { get; init; } = [];

    public BackfillSummary? Backfill { get; init; }

    public int UnderWay { get; init; }

    public IReadOnlyList<WhyMark> Marks { get; init; } = [];

    public IReadOnlyList<Pause> Above { get; init; } = [];

    public IReadOnlyList<Outage> Outages { get; init; } = [];

    /// <summary>Null for one that fires.</summary>
    public IReadOnlyList<HostNode>? Nodes { get; init; }

    public DateTimeOffset? Horizon { get; init; }

    public WhyAnswer Answer()
    {
        var ground = Ground(At);
        var finding = WhyChain.Of(ground);
        var before = finding.Verdict == WhyVerdict.NotDue && new DefinedTimes(ground.Rows).Before(At) is { } earlier ? Ground(earlier) : null;
        return WhySentences.Tell(ground, finding, before is null ? null : WhySentences.Tell(before, WhyChain.Of(before)));
    }

    public WhyFinding Finding() => WhyChain.Of(Ground(At));

    /// <summary>An instant by the zone's clocks; of those that they show twice, the first.</summary>
    public DateTimeOffset Local(string clock)
    {
        var wall = DateTime.ParseExact(clock, ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Zone);
        var offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }

    public ScheduleDefinition Definition(
        string since,
        string? until = null,
        DefinitionState state = DefinitionState.Due,
        string? cron = null,
        string? zone = null,
        string by = "ada@acme.example",
        int spreadMinutes = 0) => new()
        {
            Spread = TimeSpan.FromMinutes(spreadMinutes),
            Cron = cron ?? Cron,
            TimeZone = zone ?? Zone,
            State = state,
            Since = Local(since),
            Until = until is null ? null : Local(until),
            By = by,
        };

    public Pause Pause(PauseLayer layer, string since = "2026-03-02 08:30", string? until = null, string? ended = null, PauseEnd onEnd = PauseEnd.Next) => new()
    {
        Id = Guid.Empty,
        Layer = layer,
        Since = Local(since),
        Until = until is null ? null : Local(until),
        EndedAt = ended is null ? null : Local(ended),
        OnEnd = onEnd,
        Cause = PauseCause.Asked,
        Note = "database move",
        By = "ops@acme.example",
    };

    public Run Row(RunState state, RunReason reason = RunReason.None, string due = "2026-03-02 09:00") => new()
    {
        Id = new RunId(Guid.Parse("01952a00-0000-7000-8000-000000000003")),
        Scope = Scope,
        Schedule = Id,
        DueAt = Local(due),
        Trigger = RunTrigger.Schedule,
        State = state,
        Reason = reason,
        CreatedAt = Local(due),
    };

    public Run Ran(RunState state, RunReason reason = RunReason.None, string due = "2026-03-02 09:00") => Row(state, reason, due) with
    {
        Attempt = 1,
        Node = "node-a",
        StartedAt = Local(due),
        FinishedAt = state == RunState.Running ? null : Local(due).AddSeconds(2),
        StatusCode = state == RunState.Succeeded ? 200 : reason == RunReason.ErrorStatus ? 503 : null,
    };

    public Run Other(string due, string? finished = null) => Ran(finished is null ? RunState.Running : RunState.Succeeded, due: due) with
    {
        Id = new RunId(Guid.Parse("01952a00-0000-7000-8000-000000000004")),
        FinishedAt = finished is null ? null : Local(finished),
    };

    public Backfill Filling(bool held, params string[] left) => new()
    {
        Id = Guid.Parse("01952a00-0000-7000-8000-00000000000e"),
        From = Local(left[0]),
        To = Local(left[^1]),
        Of = BackfillOf.Missing,
        By = "ops@acme.example",
        Note = "the bank was down",
        Since = Local("2026-03-02 11:30"),
        Total = 12,
        Left = [.. left.Select(l => new BackfilledOccurrence(Local(l)))],
        IsPaused = held,
    };

    public HostNode Node(string seen, string? ended = null) => new()
    {
        Id = Guid.Empty,
        Name = "node-a",
        Version = "1.0.0",
        Slots = 4,
        StartedAt = Local("2026-03-01 00:00"),
        SeenAt = Local(seen),
        EndedAt = ended is null ? null : Local(ended),
    };

    public WhyMark Paused(string at, Pause pause) => new(Local(at), $"{pause.Layer.ToString().ToLowerInvariant()}.pause", pause.By) { Began = pause };

    public WhyMark Ended(string at, PauseLayer layer, bool takesBack = false) =>
        new(Local(at), $"{layer.ToString().ToLowerInvariant()}.resume", "lead@acme.example") { EndsPause = true, TakesBack = takesBack };

    private HostNode Firing => new() { Id = Guid.Empty, Name = "node-b", Slots = 4, Version = "1.0.0", StartedAt = Local("2026-03-01 00:00"), SeenAt = Now };

    private WhyGround Ground(DateTimeOffset at)
    {
        var rows = Rows.OrderByDescending(r => r.DueAt).ToList();
        var definitions = Definitions.Reverse().ToList();
        return new WhyGround
        {
            At = at,
            Now = Now,
            CatchUpWindow = TimeSpan.FromHours(24),
            Rows = new WhyRows
            {
                Schedule = IsThere || Definitions[^1].State is DefinitionState.Deleted or DefinitionState.Uninstalled ? Changed(Schedule()) : null,
                IsRemoved = !IsThere,
                Definitions = definitions.FindAll(d => d.Since < at),
                Later = [.. Definitions.Where(d => d.Since >= at)],
                Before = rows.FindAll(r => r.DueAt <= at),
                Behind = [.. Enumerable.Reverse(rows).Where(r => r.DueAt > at)],
            },
            Around = new WhyAround(
                [.. Others.Concat(rows.Where(r => r.Attempt > 0)).OrderByDescending(r => r.DueAt)], at == At ? Repeats : [], Marks)
            {
                UnderWayOfInstall = UnderWay,
                UnderWayOfTenant = UnderWay * 2,
            },
            Above = Above,
            Backfill = Backfill,
            Outages = Outages,
            Nodes = Nodes ?? [Firing],
            Horizon = Horizon,
            Versions = new Dictionary<VersionId, string> { [V1] = "1.4.0", [V2] = "2.0.0" },
        };
    }

    public static VersionId V1 { get; } = new(Guid.Parse("01952a00-0000-7000-8000-00000000000a"));

    public static VersionId V2 { get; } = new(Guid.Parse("01952a00-0000-7000-8000-00000000000b"));

    private Schedule Schedule() => new()
    {
        Id = Id,
        Scope = Scope,
        Endpoint = new EndpointKey("POST", "/api/sync"),
        Cron = Definitions[^1].Cron,
        TimeZone = Definitions[^1].TimeZone,
        Enabled = Definitions[^1].State is DefinitionState.Due or DefinitionState.InstallDisabled,
        NextDueAt = Definitions[^1].State == DefinitionState.Due ? OccurrenceCalendar.For(Definitions[^1].Cron, Definitions[^1].TimeZone).Next(Now) : null,
        CreatedAt = Local("2026-02-01 08:00"),
        UpdatedAt = Local("2026-02-01 08:00"),
    };
}
