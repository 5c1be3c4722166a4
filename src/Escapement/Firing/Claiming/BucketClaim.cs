using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>
/// One claim in one bucket: what is queued first, then what is due. While all that is due can be taken, it goes by start time. When it
/// cannot, there is a backlog, and it goes round the tenants. The rules on limits, turns and what becomes of a due schedule are here,
/// for every store.
/// </summary>
internal sealed class BucketClaim(IClaimBucket bucket, ClaimRequest request, int maxRuns, int maxChanged, ClaimTurns turns, TimeProvider time)
{
    // A look at a few more than can be taken costs little and tells whether anything is left.
    private const int SmallestPage = 64;

    private readonly RunningCounts running = new(request);
    private ClaimWrites writes = new(request.Now);
    private PauseLayers pauses = new([], request.Now);

    // As it was when the claim began: another claim of this node may change it before this one has the bucket.
    private readonly bool hadBacklog = turns.HasBacklog;

    private int passedOver;
    private bool more;

    // What this claim made startable, and has looked past: no backlog, but the next claim must come soon.
    private bool again;

    private int Room => maxRuns - writes.Runs;

    private bool IsFull => Room <= 0 || writes.Changed >= maxChanged;

    /// <summary>Null when another node claims in this bucket now.</summary>
    public async ValueTask<BucketOutcome?> RunAsync()
    {
        var page = Math.Max(SmallestPage, Math.Min(maxRuns, maxChanged));
        if (await bucket.LookAsync(turns.Queued.After, hadBacklog ? null : page) is not { } look)
        {
            return null;
        }

        foreach (var install in look.Running)
        {
            running.Add(install.Scope, install.Count);
        }

        turns.Waits.Begin(request.Now);
        pauses = new PauseLayers(look.Pauses, request.Now);
        writes = new ClaimWrites(request.Now) { Ended = pauses.Ended };
        var startedAtTheFirst = turns.Due.After.Length == 0;
        var dueFirst = turns.DueFirst;
        if (!dueFirst)
        {
            await TakeQueuedAsync(look.QueuedTenants);
        }

        Settle(look.Due);
        var backlog = hadBacklog || look.Due.Count >= page;
        if ((backlog || passedOver > 0) && !IsFull)
        {
            await GoRoundAsync();
        }

        // When a backlog took several looks to go round, once more by start time: the tenants that were passed first may have work again.
        turns.HasBacklog = more || (backlog && Room <= 0);
        more |= hadBacklog && !turns.HasBacklog && !startedAtTheFirst;
        if (dueFirst)
        {
            await TakeQueuedAsync(look.QueuedTenants);
        }

        foreach (var ended in pauses.Ended)
        {
            again |= await bucket.ArmAsync(ended, maxChanged) > 0;
        }

        turns.Waits.End(request.Now, noSlotLeft: Room <= 0);
        turns.DueFirst = Room <= 0 && writes.Opened.Count + writes.Filled.Count == 0;
        if (writes.Doubtful.Count > 0)
        {
            writes.Drop(await bucket.KnownAsync(writes.Doubtful));
        }

        await bucket.WriteAsync(writes);
        return BucketOutcome.Of(writes, passedOver, more || again || IsFull, look.Contended);
    }

    private async ValueTask TakeQueuedAsync(IReadOnlyList<PassedTenant> tenants)
    {
        var round = turns.Queued.Share([.. tenants.Select(t => pauses.Holds(TenantId.Parse(t.Tenant)) ? t with { HasWork = false } : t)], running, Room);
        passedOver += round.Full;
        more |= round.LeavesSomeOut;
        if (round.Tenants.Count == 0)
        {
            return;
        }

        var found = await bucket.QueuedAsync(round, running, pauses.HeldInstalls);
        passedOver += round.Empty(found.Select(r => r.Scope.Tenant));
        more |= round.MayHaveMore(found.Select(r => r.Scope.Tenant));
        foreach (var run in found)
        {
            if (running.IsFull(run.Scope))
            {
                passedOver++;
            }
            else if (Room <= 0)
            {
                more = true;
            }
            else
            {
                running.Open(run.Scope);
                writes.Take(run with { Lease = run.Lease with { Token = request.LeaseToken }, Attempt = run.Attempt + 1 });
            }
        }
    }

    private async ValueTask GoRoundAsync()
    {
        var passed = await bucket.DueTenantsAsync(turns.Due.After);
        NoteFull(passed);
        var round = turns.Due.Share(passed, running, Math.Min(Room, maxChanged - writes.Changed));
        var left = round.Full;
        more |= round.LeavesSomeOut;
        if (round.Tenants.Count > 0)
        {
            var found = await bucket.DueAsync(round, running);
            left += round.Empty(found.Select(r => r.Scope.Tenant));
            more |= round.MayHaveMore(found.Select(r => r.Scope.Tenant));
            Settle(found.Where(r => !writes.Covers(r.Schedule)));
        }

        // What the page before saw and left is counted already.
        passedOver = Math.Max(passedOver, left);
    }

    private void Settle(IEnumerable<DueRow> rows)
    {
        foreach (var row in rows)
        {
            if (IsFull)
            {
                more = true;
                return;
            }

            Settle(row);
        }
    }

    // An install, or tenant, at its limit starts nothing; an overlap is recorded even then.
    private void Settle(DueRow row)
    {
        var holding = pauses.Over(row);
        if (holding.IsHeld && (row.DueAt <= request.Now || row.Waiting is { HasWork: true }))
        {
            writes.Hold(row, holding);
            return;
        }

        var full = running.IsFull(row.Scope);
        if (full)
        {
            NoteFull(row.Scope);
        }

        if (full && row.ActiveRun is null)
        {
            passedOver++;
            return;
        }

        // The end of its own pause sets its retries free.
        again |= writes.EndsOwn(row);
        var plan = request.Plan(row.ToDue() with { Release = holding.Release });
        if (plan is { Fire: null, Filled: null })
        {
            writes.Settle(row, holding, plan, run: null, time);
        }
        else if (full)
        {
            passedOver++;
        }
        else
        {
            running.Open(row.Scope);
            writes.Settle(row, holding, plan, plan.Filled is { } filled ? Fill(row, filled) : Open(row, plan.Fire!.Value, plan.Place), time);
        }
    }

    private void NoteFull(InstallScope scope)
    {
        if (running.IsInstallFull(scope.Install))
        {
            turns.Waits.Full(scope.Install.Value, request.Now);
        }
        else
        {
            turns.Waits.Full(scope.Tenant, request.Now);
        }
    }

    // What belongs to these is not looked at when claims go round the tenants.
    private void NoteFull(IReadOnlyList<PassedTenant> passed)
    {
        foreach (var install in running.FullInstalls)
        {
            turns.Waits.Full(install, request.Now);
        }

        foreach (var tenant in passed.Where(p => p.HasWork).Select(p => TenantId.Parse(p.Tenant)).Where(t => running.Room(t) <= 0))
        {
            turns.Waits.Full(tenant, request.Now);
        }
    }

    private ClaimedRun Fill(DueRow row, BackfilledOccurrence occurrence) => Open(row, row.Waiting!.Backfill!.DueAt(request.Now), TimeSpan.Zero) with
    {
        StartAt = null,
        WaitedFor = null,
        Trigger = RunTrigger.Backfill,
        Occurrence = occurrence.At,
    };

    private ClaimedRun Open(DueRow row, DateTimeOffset dueAt, TimeSpan place) => new()
    {
        Lease = new LeasedRun(new RunId(Ids.Next(time)), row.Scope.Tenant, row.Schedule, request.LeaseToken),
        Scope = row.Scope,
        Schedule = row.Schedule,
        Endpoint = row.Endpoint,
        Payload = row.Payload,
        PayloadRevision = row.PayloadRevision,
        Policy = row.Policy,
        Failures = writes.CountsAnew(row) ? 0 : row.Failures,
        ScheduleEnabled = true,
        DueAt = dueAt,
        // One that waited could start when the claim was asked to open it.
        StartAt = dueAt + place < row.StartAt ? row.StartAt : dueAt + place,
        WaitedFor = request.Now - row.StartAt > Arrivals.Punctual ? turns.Waits.Since(row.Scope, row.StartAt) : null,
        Trigger = RunTrigger.Schedule,
        Attempt = 1,
    };
}

/// <summary>What a claim in one bucket came to.</summary>
internal sealed record BucketOutcome(
    IReadOnlyList<ClaimedRun> Runs, int Skipped, int Missed, int PassedOver, int Unplannable, int Changed, bool More, bool Contended)
{
    public static BucketOutcome Of(ClaimWrites writes, int passedOver, bool more, bool contended) => new(
        [.. writes.Queued, .. writes.Opened, .. writes.Filled.Select(f => f.Run)],
        writes.Recorded.Where(r => r.State == RunState.Skipped).Sum(r => r.Range?.Count ?? 1),
        writes.Recorded.Where(r => r.State == RunState.Missed).Sum(r => r.Range?.Count ?? 0),
        passedOver,
        writes.Unplannable.Count,
        writes.Changed,
        more,
        contended)
    {
        NotStarted = writes.Recorded,
        Told = writes.Told,
    };

    /// <summary>What was written of occurrences that do not start.</summary>
    public IReadOnlyList<UnstartedOccurrence> NotStarted { get; private init; } = [];

    /// <summary>Schedules that were changed otherwise than by moving them on.</summary>
    public IReadOnlyList<ChangedByClaim> Told { get; private init; } = [];

    public ClaimedBatch ToBatch() => new(Runs, Skipped, Missed, PassedOver, More, Unplannable) { NotStarted = NotStarted, Changed = Told };
}
