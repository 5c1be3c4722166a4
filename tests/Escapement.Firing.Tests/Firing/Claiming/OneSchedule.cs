using Escapement.Backfilling;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>
/// A bucket that holds one schedule, the pauses above it and its ledger, which carries writes out as the statements of a store do: a row that
/// is there already wins, the latest covered occurrence never goes back, the end of a run has the next claim open what waits, and a pause that
/// has ended stays as long as something is left that it held.
/// </summary>
internal sealed class OneSchedule(Schedule schedule, TimeSpan hostsWindow) : IClaimBucket
{
    private readonly OccurrencePlanner planner = new(hostsWindow);
    private readonly ClaimTurns turns = new();
    private readonly List<OuterPause> pauses = [];
    private DateTimeOffset? startAt = schedule.ClaimAt;
    private DateTimeOffset dueUpTo;

    public Schedule Schedule { get; private set; } = schedule;

    /// <summary>Rows by the occurrence that they stand under.</summary>
    public Dictionary<DateTimeOffset, UnstartedOccurrence> Unstarted { get; } = [];

    /// <summary>Occurrences whose run was opened, in that order.</summary>
    public List<DateTimeOffset> Ran { get; } = [];

    /// <summary>Of each of them how many had failed in a row before it.</summary>
    public List<int> FailuresBefore { get; } = [];

    /// <summary>Runs of backfills, in the order in which they were opened.</summary>
    public List<ClaimedRun> Filled { get; } = [];

    public IReadOnlyList<Pause> Above => [.. pauses.Select(p => p.Pause)];

    /// <summary>Claims at an instant, until nothing more is to be had at once.</summary>
    public async Task ClaimAsync(DateTimeOffset now)
    {
        for (var more = true; more;)
        {
            more = (await ClaimOnceAsync(now)).More;
        }
    }

    public void EndRun(DateTimeOffset now, int failures = 0)
    {
        Schedule = Schedule with { ActiveRun = null, FailuresInARow = failures };
        startAt = Schedule is { Waiting: not null, Enabled: true, Held: null } && !(startAt < now) ? now : startAt;
    }

    public void Change(Func<Schedule, Schedule> change, DateTimeOffset now)
    {
        var limits = new ScheduleChangeLimits(now, 50, new TokenBucket(1_000_000));
        var gate = ChangeGate.Of(installEnabled: true, rateLevel: null, rateAt: null, limits);
        var after = ScheduleRules.Update(gate, Schedule, change(Schedule), nameTaken: false, endpointThere: true, limits).Schedule!;
        foreach (var row in GivenUp.By(Schedule, after, Above, now, TimeProvider.System))
        {
            Unstarted.TryAdd(row.DueAt, row);
        }

        (Schedule, startAt) = (after, after.ClaimAt);
    }

    /// <summary>Begins a backfill, has it wait or go on, or ends it, as <c>set_waiting</c> does.</summary>
    public void Fill(FillStep step, IReadOnlyList<DateTimeOffset> occurrences, DateTimeOffset now)
    {
        var ground = new BackfillGround(Schedule, [], []) { InstallEnabled = true };
        var after = step switch
        {
            FillStep.Begin => Schedule with { Waiting = (Schedule.Waiting ?? new Waiting()) with { Backfill = New(occurrences, now) }, UpdatedAt = now },
            FillStep.Pause => BackfillRules.Pause(ground, now).After!,
            FillStep.Resume => BackfillRules.Resume(ground, now).After!,
            _ => BackfillRules.Cancel(ground, now).After!,
        };
        (Schedule, startAt) = (Schedule with { Waiting = after.Waiting }, after.ClaimAt);
    }

    /// <summary>Pauses above the schedule.</summary>
    public void Pause(PauseTarget target, Pause pause) => pauses.Add(new OuterPause(target, pause));

    /// <summary>Ends such a pause.</summary>
    public void Resume(Guid pause, DateTimeOffset now, PauseEnd onEnd)
    {
        var at = pauses.FindIndex(p => p.Pause.Id == pause);
        pauses[at] = pauses[at] with { Pause = pauses[at].Pause with { EndedAt = now, OnEnd = onEnd } };
    }

    public ValueTask<ClaimLook?> LookAsync(string queuedAfter, int? page) =>
        new(new ClaimLook([], [], page is not null && startAt <= dueUpTo ? [Row()] : [], Contended: false, [.. pauses]));

    public ValueTask<IReadOnlyList<ClaimedRun>> QueuedAsync(TenantRound round, RunningCounts running, IReadOnlyCollection<Guid> heldInstalls) =>
        throw new InvalidOperationException();

    public ValueTask<IReadOnlyList<PassedTenant>> DueTenantsAsync(string after) => throw new InvalidOperationException();

    public ValueTask<IReadOnlyList<DueRow>> DueAsync(TenantRound round, RunningCounts running) => throw new InvalidOperationException();

    public ValueTask<IReadOnlyList<Occurrence>> KnownAsync(IReadOnlyList<Occurrence> occurrences) =>
        new([.. occurrences.Where(o => Ran.Contains(o.DueAt) || Unstarted.ContainsKey(o.DueAt))]);

    public ValueTask<int> ArmAsync(OuterPause ended, int most)
    {
        if (!MayArm(ended.Pause))
        {
            return new(0);
        }

        startAt = ended.Pause.EndsAt;
        return new(1);
    }

    public ValueTask WriteAsync(ClaimWrites writes)
    {
        foreach (var row in writes.Recorded)
        {
            Unstarted.TryAdd(row.DueAt, row);
        }

        foreach (var held in writes.Held)
        {
            startAt = held.Until;
            Schedule = Schedule with
            {
                Held = held.By,
                Pause = held.EndsOwn ? null : Schedule.Pause,
                FailuresInARow = held.CountsAnew ? 0 : Schedule.FailuresInARow,
            };
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
                Pause = advanced.EndsOwn ? null : Schedule.Pause,
                FailuresInARow = advanced.CountsAnew ? 0 : Schedule.FailuresInARow,
                Held = null,
            };
        }

        pauses.RemoveAll(p => writes.Ended.Any(e => e.Pause.Id == p.Pause.Id) && !(startAt <= p.Pause.EndsAt) && !MayArm(p.Pause));
        Ran.AddRange(writes.Opened.Select(r => r.DueAt));
        FailuresBefore.AddRange(writes.Opened.Select(r => r.Failures));
        Filled.AddRange(writes.Filled.Select(f => f.Run));
        return ValueTask.CompletedTask;
    }

    private Backfill New(IReadOnlyList<DateTimeOffset> occurrences, DateTimeOffset now) => new()
    {
        Id = Guid.NewGuid(),
        From = occurrences[0],
        To = occurrences[^1],
        Of = BackfillOf.All,
        By = "ops",
        Since = now,
        Total = occurrences.Count,
        Left = [.. occurrences.Select(o => new BackfilledOccurrence(o))],
        LatestDueAt = Filled.Count == 0 ? null : Filled.Max(r => r.DueAt),
    };

    private bool MayArm(Pause ended) =>
        Schedule is { Held: not null, Pause: null } && !(startAt <= ended.EndsAt) && !pauses.Exists(p => p.Pause.EndsAt is null || p.Pause.EndsAt > dueUpTo);

    private async Task<BucketOutcome> ClaimOnceAsync(DateTimeOffset now)
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
        return (await new BucketClaim(this, request, request.MaxRuns, request.MaxChanged, turns, TimeProvider.System).RunAsync())!;
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
        Failures = Schedule.FailuresInARow,
        Pause = Schedule.Pause,
        Held = Schedule.Held,
        Skips = Schedule.Skips,
        UpdatedAt = Schedule.UpdatedAt,
    };
}
