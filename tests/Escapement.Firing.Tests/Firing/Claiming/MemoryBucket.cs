using Escapement.Extensions;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>A bucket without a database: rows in lists, read as the contract of <see cref="IClaimBucket"/> says and written down as told.</summary>
internal sealed class MemoryBucket(DateTimeOffset now) : IClaimBucket
{
    public static readonly EndpointKey Endpoint = new("POST", "/api/sync");

    public List<DueRow> Due { get; } = [];

    public List<ClaimedRun> Queued { get; } = [];

    public Dictionary<InstallScope, int> Running { get; } = [];

    public HashSet<Occurrence> Ledger { get; } = [];

    public bool IsTaken { get; set; }

    public List<OuterPause> Pauses { get; } = [];

    /// <summary>How many schedules are put aside for a pause that has ended.</summary>
    public int Aside { get; set; }

    public bool Contended { get; set; }

    public ClaimWrites? Written { get; private set; }

    /// <summary>What was asked, in order.</summary>
    public List<string> Asked { get; } = [];

    public static InstallScope Scope(string tenant, int install = 0) =>
        new(TenantId.Parse(tenant), new InstallId(new Guid(install, 0, 0, System.Text.Encoding.ASCII.GetBytes(tenant.PadRight(8)[..8]))));

    public DueRow AddDue(InstallScope scope, DateTimeOffset? dueAt = null, bool open = false, DateTimeOffset? lastDueAt = null)
    {
        var row = new DueRow
        {
            Schedule = new ScheduleId(Guid.NewGuid()),
            Scope = scope,
            DueAt = dueAt ?? now,
            StartAt = dueAt ?? now,
            LastDueAt = lastDueAt,
            ActiveRun = open ? new RunId(Guid.NewGuid()) : null,
            Cron = "*/5 * * * *",
            TimeZone = "UTC",
            Endpoint = Endpoint,
            Policy = SchedulePolicy.Default,
            Payload = null,
            Waiting = null,
            Failures = 0,
        };
        Due.Add(row);
        return row;
    }

    public ClaimedRun AddQueued(InstallScope scope, int attempt = 0)
    {
        var schedule = new ScheduleId(Guid.NewGuid());
        var run = new ClaimedRun
        {
            Lease = new LeasedRun(new RunId(Guid.NewGuid()), scope.Tenant, schedule, Guid.Empty),
            Scope = scope,
            Schedule = schedule,
            Endpoint = Endpoint,
            Policy = SchedulePolicy.Default,
            ScheduleEnabled = true,
            DueAt = now,
            Trigger = RunTrigger.RunNow,
            Attempt = attempt,
        };
        Queued.Add(run);
        return run;
    }

    public ValueTask<ClaimLook?> LookAsync(string queuedAfter, int? page)
    {
        Asked.Add(page is null ? "look" : "look with page");
        return new(IsTaken ? null : new ClaimLook(
            [.. Running.Select(r => new RunningInstall(r.Key, r.Value))],
            Tenants(Queued.Select(q => q.Scope.Tenant), queuedAfter),
            [.. Due.OrderBy(d => d.StartAt).Take(page ?? 0)],
            Contended,
            Pauses));
    }

    public ValueTask<IReadOnlyList<ClaimedRun>> QueuedAsync(TenantRound round, RunningCounts running, IReadOnlyCollection<Guid> heldInstalls)
    {
        Asked.Add("queued");
        var free = Queued.FindAll(q => q.Trigger.IsAskedFor() || !heldInstalls.Contains(q.Scope.Install.Value));
        return new(Round(round, running, free, q => q.Scope));
    }

    public ValueTask<IReadOnlyList<PassedTenant>> DueTenantsAsync(string after)
    {
        Asked.Add("tenants");
        return new(Tenants(Due.Select(d => d.Scope.Tenant), after));
    }

    public ValueTask<IReadOnlyList<DueRow>> DueAsync(TenantRound round, RunningCounts running)
    {
        Asked.Add("due");
        return new(Round(round, running, [.. Due.OrderBy(d => d.StartAt)], d => d.Scope));
    }

    public ValueTask<IReadOnlyList<Occurrence>> KnownAsync(IReadOnlyList<Occurrence> occurrences)
    {
        Asked.Add("known");
        return new([.. occurrences.Where(Ledger.Contains)]);
    }

    public ValueTask<int> ArmAsync(OuterPause ended, int most)
    {
        Asked.Add("arm");
        var armed = Math.Min(Aside, most);
        Aside -= armed;
        return new(armed);
    }

    /// <summary>Carries the writes out, so that the next claim sees them.</summary>
    public ValueTask WriteAsync(ClaimWrites writes)
    {
        Written = writes;
        foreach (var run in writes.Queued)
        {
            Queued.RemoveAll(q => q.Schedule == run.Schedule);
            Running[run.Scope] = Running.GetValueOrDefault(run.Scope) + 1;
        }

        foreach (var run in writes.Opened)
        {
            Running[run.Scope] = Running.GetValueOrDefault(run.Scope) + 1;
        }

        Due.RemoveAll(d => writes.Covers(d.Schedule));
        return ValueTask.CompletedTask;
    }

    private static List<PassedTenant> Tenants(IEnumerable<TenantId> tenants, string after) =>
    [
        .. tenants.Select(t => t.Value).Distinct().Order(StringComparer.Ordinal).Where(t => string.CompareOrdinal(t, after) > 0)
            .Take(TenantTurns.Stretch).Select(t => new PassedTenant(t, true)),
    ];

    private static List<T> Round<T>(TenantRound round, RunningCounts running, List<T> all, Func<T, InstallScope> scope) =>
    [
        .. round.Tenants.Zip(round.Each)
            .SelectMany(t => all.Where(x => scope(x).Tenant == t.First && !running.FullInstalls.Contains(scope(x).Install.Value)).Take(t.Second)),
    ];
}
