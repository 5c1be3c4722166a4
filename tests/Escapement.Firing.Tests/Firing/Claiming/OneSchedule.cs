using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>
/// A bucket that holds one schedule and its ledger, which carries writes out as the statements of a store do: a row that is there already
/// wins, the latest covered occurrence never goes back, and the end of a run has the next claim open what waits.
/// </summary>
internal sealed class OneSchedule(Schedule schedule, TimeSpan hostsWindow) : IClaimBucket
{
    private readonly OccurrencePlanner planner = new(hostsWindow);
    private readonly ClaimTurns turns = new();
    private DateTimeOffset? startAt = schedule.ClaimAt;
    private DateTimeOffset dueUpTo;

    public Schedule Schedule { get; private set; } = schedule;

    /// <summary>Rows by the occurrence that they stand under.</summary>
    public Dictionary<DateTimeOffset, UnstartedOccurrence> Unstarted { get; } = [];

    /// <summary>Occurrences whose run was opened, in that order.</summary>
    public List<DateTimeOffset> Ran { get; } = [];

    /// <summary>Claims at an instant; answers the run that was opened.</summary>
    public async Task<ClaimedRun?> ClaimAsync(DateTimeOffset now)
    {
        dueUpTo = now;
        var request = new ClaimRequest
        {
            Now = now,
            MaxRuns = 10,
            MaxChanged = 10,
            Node = "node",
            LeaseToken = Guid.NewGuid(),
            LeaseUntil = now.AddSeconds(7),
            MaxRunningPerInstall = 10,
            MaxRunningPerTenant = 10,
            Plan = due => planner.Plan(due, now),
        };
        var outcome = await new BucketClaim(this, request, request.MaxRuns, request.MaxChanged, turns, TimeProvider.System).RunAsync();
        return outcome!.Runs.SingleOrDefault();
    }

    public void EndRun(DateTimeOffset now)
    {
        Schedule = Schedule with { ActiveRun = null };
        startAt = Schedule is { Waiting: not null, Enabled: true } && !(startAt < now) ? now : startAt;
    }

    public void Change(Func<Schedule, Schedule> change, DateTimeOffset now)
    {
        var limits = new ScheduleChangeLimits(now, 50, new TokenBucket(1_000_000));
        var gate = ChangeGate.Of(installEnabled: true, rateLevel: null, rateAt: null, limits);
        var after = ScheduleRules.Update(gate, Schedule, change(Schedule), nameTaken: false, endpointThere: true, limits).Schedule!;
        foreach (var row in GivenUp.By(Schedule, after, now, TimeProvider.System))
        {
            Unstarted.TryAdd(row.DueAt, row);
        }

        (Schedule, startAt) = (after, after.ClaimAt);
    }

    public ValueTask<ClaimLook?> LookAsync(string queuedAfter, int? page) =>
        new(new ClaimLook([], [], page is not null && startAt <= dueUpTo ? [Row()] : [], Contended: false));

    public ValueTask<IReadOnlyList<ClaimedRun>> QueuedAsync(TenantRound round, RunningCounts running) => throw new InvalidOperationException();

    public ValueTask<IReadOnlyList<PassedTenant>> DueTenantsAsync(string after) => throw new InvalidOperationException();

    public ValueTask<IReadOnlyList<DueRow>> DueAsync(TenantRound round, RunningCounts running) => throw new InvalidOperationException();

    public ValueTask<IReadOnlyList<Occurrence>> KnownAsync(IReadOnlyList<Occurrence> occurrences) =>
        new([.. occurrences.Where(o => Ran.Contains(o.DueAt) || Unstarted.ContainsKey(o.DueAt))]);

    public ValueTask WriteAsync(ClaimWrites writes)
    {
        foreach (var row in writes.Recorded)
        {
            Unstarted.TryAdd(row.DueAt, row);
        }

        foreach (var advanced in writes.Advanced)
        {
            startAt = advanced.NextStartAt;
            Schedule = Schedule with
            {
                NextDueAt = advanced.NextDueAt,
                LastDueAt = Schedule.LastDueAt > advanced.LastDueAt ? Schedule.LastDueAt : advanced.LastDueAt ?? Schedule.LastDueAt,
                ActiveRun = advanced.Run ?? Schedule.ActiveRun,
                Waiting = advanced.Waiting,
            };
        }

        Ran.AddRange(writes.Opened.Select(r => r.DueAt));
        return ValueTask.CompletedTask;
    }

    private DueRow Row() => new()
    {
        Schedule = Schedule.Id,
        Scope = Schedule.Scope,
        DueAt = Schedule.NextDueAt ?? DateTimeOffset.MaxValue,
        StartAt = startAt!.Value,
        LastDueAt = Schedule.LastDueAt,
        ActiveRun = Schedule.ActiveRun,
        Cron = Schedule.Cron,
        TimeZone = Schedule.TimeZone,
        Endpoint = Schedule.Endpoint,
        Policy = Schedule.Policy,
        Payload = null,
        Waiting = Schedule.Waiting,
        Failures = 0,
    };
}
