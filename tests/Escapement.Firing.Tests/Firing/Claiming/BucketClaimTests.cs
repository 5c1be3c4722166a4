using CsCheck;
using Escapement.Installs;
using Escapement.Runs;

namespace Escapement.Firing.Claiming;

/// <summary>The rules of a claim, without a database.</summary>
public sealed class BucketClaimTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly InstallScope Acme = MemoryBucket.Scope("acme");
    private static readonly InstallScope Globex = MemoryBucket.Scope("globex");

    private readonly MemoryBucket bucket = new(Now);
    private readonly ClaimTurns turns = new();

    [Fact]
    public async Task Run_BucketIsTaken_IsNothing()
    {
        bucket.AddDue(Acme);
        bucket.IsTaken = true;

        Assert.Null(await Claim());
        Assert.Null(bucket.Written);
    }

    [Fact]
    public async Task Run_OneDue_OpensItAndAdvancesItsSchedule()
    {
        var row = bucket.AddDue(Acme);

        var outcome = (await Claim())!;

        var run = Assert.Single(outcome.Runs);
        Assert.Equal((row.Schedule, Now, 1, RunTrigger.Schedule), (run.Schedule, run.DueAt, run.Attempt, run.Trigger));
        var advanced = Assert.Single(bucket.Written!.Advanced);
        Assert.Equal((row.Schedule, (RunId?)run.Lease.Id, Now), (advanced.Schedule, advanced.Run, advanced.LastDueAt));
        Assert.Equal(["look with page"], bucket.Asked);
        Assert.False(outcome.More);
    }

    [Fact]
    public async Task Run_QueuedAndDue_TakesTheQueuedFirstAsItsNextAttempt()
    {
        bucket.AddDue(Acme);
        bucket.AddQueued(Acme, attempt: 2);

        var outcome = (await Claim(maxRuns: 1))!;

        var run = Assert.Single(outcome.Runs);
        Assert.Equal((RunTrigger.RunNow, 3), (run.Trigger, run.Attempt));
        Assert.True(outcome.More);
    }

    [Fact]
    public async Task Run_QueuedTookAllLastTime_WhatIsDueGoesFirst()
    {
        bucket.AddQueued(Acme);
        bucket.AddQueued(Acme);
        bucket.AddDue(Globex);

        await Claim(maxRuns: 1);
        var second = (await Claim(maxRuns: 1))!;

        Assert.Equal(RunTrigger.Schedule, Assert.Single(second.Runs).Trigger);
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2, 1, 0)]
    public async Task Run_InstallAtItsLimit_IsPassedOverAndStaysDue(int perInstall, int opened, int passedOver)
    {
        bucket.Running[Acme] = 1;
        bucket.AddDue(Acme);

        var outcome = (await Claim(perInstall: perInstall))!;

        Assert.Equal((opened, passedOver), (outcome.Runs.Count, outcome.PassedOver));
        Assert.Equal(1 - opened, bucket.Due.Count);
    }

    [Fact]
    public async Task Run_OverlapOfAnInstallAtItsLimit_IsRecordedEvenThen()
    {
        bucket.Running[Acme] = 1;
        bucket.AddDue(Acme, open: true);

        var outcome = (await Claim(perInstall: 1))!;

        Assert.Equal((0, 1, 0), (outcome.Runs.Count, outcome.Skipped, outcome.PassedOver));
        Assert.Equal(RunReason.Overlap, Assert.Single(bucket.Written!.Recorded).Reason);
    }

    [Fact]
    public async Task Run_ScheduleThatCannotBePlanned_IsDisabledAndTheOthersGoOn()
    {
        var broken = bucket.AddDue(Acme);
        bucket.AddDue(Globex);

        var outcome = (await Claim(plan: due => due.Schedule == broken.Schedule ? new(null, due.DueAt, null, null, null, "No such zone") : Fire(due)))!;

        Assert.Equal((1, 1), (outcome.Unplannable, outcome.Runs.Count));
        Assert.Equal(new UnplannableSchedule(broken.Schedule, Now, "No such zone"), Assert.Single(bucket.Written!.Unplannable));
        var row = Assert.Single(bucket.Written.Recorded);
        Assert.Equal((RunState.Abandoned, RunReason.ScheduleUnplannable, "No such zone"), (row.State, row.Reason, row.Error));
        var batch = outcome.ToBatch();
        Assert.Equal([row], batch.NotStarted);
        Assert.Equal([new ChangedByClaim(Acme.Tenant, broken.Schedule, IsResumed: false)], batch.Changed);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, true)]
    public async Task Run_OccurrenceNotAfterTheLastCovered_AsksTheLedger(int lastMinutes, bool isNew)
    {
        var row = bucket.AddDue(Acme, lastDueAt: Now.AddMinutes(lastMinutes));
        bucket.Ledger.Add(new Occurrence(row.Schedule, Now));

        var outcome = (await Claim())!;

        Assert.Equal(isNew, !bucket.Asked.Contains("known"));
        Assert.Equal(isNew ? 1 : 0, outcome.Runs.Count);
        Assert.Equal(isNew, Assert.Single(bucket.Written!.Advanced).Run is not null);
    }

    [Fact]
    public async Task Run_LedgerDoesNotHaveTheDoubtfulOccurrence_FiresIt()
    {
        bucket.AddDue(Acme, lastDueAt: Now.AddHours(1));

        Assert.Single((await Claim())!.Runs);
        Assert.Contains("known", bucket.Asked);
    }

    [Fact]
    public async Task Run_MoreThanAPage_GoesRoundTheTenantsAndSharesEvenly()
    {
        for (var i = 0; i < 200; i++)
        {
            bucket.AddDue(Acme, Now.AddHours(-1));
        }

        bucket.AddDue(Globex);
        turns.HasBacklog = true;

        var outcome = (await Claim(maxRuns: 10))!;

        Assert.Equal((5, 1), (outcome.Runs.Count(r => r.Scope == Acme), outcome.Runs.Count(r => r.Scope == Globex)));
        Assert.Equal(["look", "tenants", "due"], bucket.Asked);
        Assert.True(outcome.More);
        Assert.True(turns.HasBacklog);
    }

    [Fact]
    public async Task Run_MaxChangedReached_SaysThatThereIsMore()
    {
        for (var i = 0; i < 5; i++)
        {
            bucket.AddDue(Acme, open: true);
        }

        var outcome = (await Claim(maxChanged: 3))!;

        Assert.Equal((3, true), (outcome.Skipped, outcome.More));
    }

    [Theory]
    [InlineData(1, 100, RunWait.InstallLimit)]
    [InlineData(100, 1, RunWait.TenantLimit)]
    [InlineData(100, 100, null)]
    public async Task Run_LateForALimit_TakesTheWordAlong(int perInstall, int perTenant, object? expected)
    {
        bucket.Running[Acme] = 1;
        bucket.AddDue(Acme, Now);
        bucket.AddDue(Globex, Now.AddMinutes(-10));
        await ClaimAt(Now, perInstall, perTenant);
        bucket.Running.Clear();
        if (bucket.Due.Count == 0)
        {
            bucket.AddDue(Acme, Now);
        }

        var run = Assert.Single((await ClaimAt(Now.AddMinutes(2), perInstall, perTenant))!.Runs);

        Assert.Equal((Acme, (RunWait?)expected), (run.Scope, run.WaitedFor));
    }

    [Fact]
    public async Task Run_LateForNoSlot_TakesTheWordAlongUntilThereWasOne()
    {
        bucket.AddDue(Acme, Now);
        bucket.AddDue(Globex, Now);
        Assert.Null(Assert.Single((await Claim(maxRuns: 1))!.Runs).WaitedFor);

        Assert.Equal(RunWait.Slots, Assert.Single((await ClaimAt(Now.AddMinutes(2)))!.Runs).WaitedFor);
        bucket.AddDue(Acme, Now.AddMinutes(3));
        Assert.Null(Assert.Single((await ClaimAt(Now.AddMinutes(5)))!.Runs).WaitedFor);
    }

    // The slow, obvious model: whatever order claims take things in, every due schedule ends in exactly one run or row, no install or
    // tenant ever has more than it may, no claim takes more than it may, and nothing waits without being told of.
    [Fact]
    public void Run_AnyRows_UntilNothingIsLeft_SettlesEachOnceWithinAllLimits() => Gen.Select(
            Gen.Select(Gen.Int[0, 5], Gen.Int[0, 2], Gen.Int[0, 60], Gen.Bool).Array[0, 120],
            Gen.Select(Gen.Int[0, 5], Gen.Int[0, 2]).Array[0, 30],
            Gen.Int[1, 12],
            Gen.Int[1, 3],
            Gen.Int[0, 3],
            Gen.Int[1, 40])
        .Sample((due, queued, maxRuns, perInstall, above, maxChanged) => RunToTheEnd(due, queued, maxRuns, perInstall, perInstall + above, maxChanged));

    private static void RunToTheEnd(
        (int Tenant, int Install, int MinutesAgo, bool Open)[] due,
        (int Tenant, int Install)[] queued,
        int maxRuns,
        int perInstall,
        int perTenant,
        int maxChanged)
    {
        var bucket = new MemoryBucket(Now);
        var turns = new ClaimTurns();
        var expected = due.Select(d => bucket.AddDue(MemoryBucket.Scope($"tenant-{d.Tenant}", d.Install), Now.AddMinutes(-d.MinutesAgo), d.Open)).ToList();
        var waiting = queued.Select(q => bucket.AddQueued(MemoryBucket.Scope($"tenant-{q.Tenant}", q.Install))).ToList();
        var settled = new List<ScheduleId>();
        for (var claims = 0; bucket.Due.Count + bucket.Queued.Count > 0; claims++)
        {
            Assert.True(claims < 2_000, "Claims do not come to an end.");
            var before = bucket.Due.Count + bucket.Queued.Count;
            var request = Request(maxRuns, maxChanged, perInstall, perTenant, Fire);
            var outcome = new BucketClaim(bucket, request, maxRuns, maxChanged, turns, TimeProvider.System).RunAsync().AsTask().GetAwaiter().GetResult()!;

            Assert.True(outcome.Runs.Count <= maxRuns);
            Assert.True(outcome.Changed <= maxChanged);
            Assert.All(bucket.Running, r => Assert.True(r.Value <= perInstall));
            Assert.All(bucket.Running.GroupBy(r => r.Key.Tenant), t => Assert.True(t.Sum(r => r.Value) <= perTenant));
            settled.AddRange(outcome.Runs.Select(r => r.Schedule));
            settled.AddRange(bucket.Written!.Recorded.Select(r => r.Schedule));
            if (bucket.Due.Count + bucket.Queued.Count == before)
            {
                // Nothing could be taken: then a limit is in the way, or another look is promised.
                Assert.True(outcome.PassedOver > 0 || outcome.More);
                bucket.Running.Clear();
            }
        }

        Assert.Equal(
            expected.Select(e => e.Schedule.Value).Concat(waiting.Select(w => w.Schedule.Value)).Order(),
            settled.Select(s => s.Value).Order());
    }

    private static OccurrencePlan Fire(DueSchedule due) => due.ActiveRun is null
        ? new OccurrencePlan(due.DueAt.AddMinutes(5), due.DueAt, Fire: due.DueAt, Skip: null, Missed: null)
        : new OccurrencePlan(due.DueAt.AddMinutes(5), due.DueAt, Fire: null, Skip: due.DueAt, Missed: null);

    private static ClaimRequest Request(int maxRuns, int maxChanged, int perInstall, int perTenant, Func<DueSchedule, OccurrencePlan> plan) => new()
    {
        Now = Now,
        MaxRuns = maxRuns,
        MaxChanged = maxChanged,
        Node = "node",
        LeaseToken = Guid.NewGuid(),
        LeaseUntil = Now.AddSeconds(7),
        MaxRunningPerInstall = perInstall,
        MaxRunningPerTenant = perTenant,
        Plan = plan,
    };

    private ValueTask<BucketOutcome?> ClaimAt(DateTimeOffset now, int perInstall = 100, int perTenant = 1_000)
    {
        var request = Request(100, 1_000, perInstall, perTenant, Fire) with { Now = now };
        return new BucketClaim(bucket, request, request.MaxRuns, request.MaxChanged, turns, TimeProvider.System).RunAsync();
    }

    private ValueTask<BucketOutcome?> Claim(int maxRuns = 100, int maxChanged = 1_000, int perInstall = 100, Func<DueSchedule, OccurrencePlan>? plan = null)
    {
        var request = Request(maxRuns, maxChanged, perInstall, perTenant: 1_000, plan ?? Fire);
        return new BucketClaim(bucket, request, maxRuns, maxChanged, turns, TimeProvider.System).RunAsync();
    }
}
