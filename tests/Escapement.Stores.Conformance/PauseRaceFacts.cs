using Escapement.Audit;
using Escapement.Firing.Claiming;
using Escapement.Pausing;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Waking;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Stores.Conformance;

/// <summary>
/// Admins at the same pause at once, while claims are made: whichever comes first, the end is as if they had come one after the other, and every
/// occurrence is in the ledger once.
/// </summary>
public abstract class PauseRaceFacts(IStoreFixture store) : StoreFacts(store)
{
    private const int Rounds = 8;

    private readonly SteppedTime time = new(T0);

    public static TheoryData<PauseLayer> Layers => [PauseLayer.Host, PauseLayer.Tenant, PauseLayer.Install, PauseLayer.Schedule];

    [Theory]
    [MemberData(nameof(Layers))]
    public async Task Pause_ByTwoAsAnotherResumes_BeginsOneBehindTheOld(PauseLayer layer)
    {
        using var audit = NewLog();
        for (var round = 0; round < Rounds; round++)
        {
            var admins = await HeldAsync(audit, layer, round);
            var resuming = Task.Run(() => admins.ResumeAsync(PauseEnd.Next));
            var (ben, carla, claiming) = (
                PauseOnceItIsFreeAsync(admins, "ben", resuming), PauseOnceItIsFreeAsync(admins, "carla", resuming), Task.Run(() => Plan(Minute(12))));
            Assert.Empty(await claiming);
            Assert.IsType<PauseOutcome.Done>(await resuming);
            Assert.NotEqual(await ben, await carla);

            Assert.Equal(await ben ? "ben" : "carla", (await admins.FindAsync())?.By);
            Assert.Empty(await RunAsync(Minute(15), Minute(20)));
            time.Set(Minute(22));
            Assert.IsType<PauseOutcome.Done>(await admins.ResumeAsync(PauseEnd.Next));
            Assert.Empty(await Plan(Minute(22)));
            await IsLedgerAsync(admins.Schedule, [], [Minute(5), Minute(10), Minute(15), Minute(20)]);
            Assert.Null(await admins.FindAsync());
        }
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public async Task Resume_TwiceAtOnceWithOtherEnds_HasTheEndOfOne(PauseLayer layer)
    {
        using var audit = NewLog();
        for (var round = 0; round < Rounds; round++)
        {
            var admins = await HeldAsync(audit, layer, round);
            var ((leaving, running), claiming) = (
                Both(round, () => admins.ResumeAsync(PauseEnd.Next), () => admins.ResumeAsync(PauseEnd.All)), Task.Run(() => Plan(Minute(12))));
            var begun = await claiming;
            var isRun = await running is PauseOutcome.Done;
            Assert.NotEqual(isRun, await leaving is PauseOutcome.Done);

            Assert.Null(await admins.FindAsync());
            await CompleteAsync(begun, Minute(12));
            DateTimeOffset[] ran = [.. begun.Select(r => r.DueAt), .. await RunAsync(Minute(12.2), Minute(12.4), Minute(12.6))];

            DateTimeOffset[] held = [Minute(5), Minute(10)];
            Assert.Equal(isRun ? held : [], ran);
            await IsLedgerAsync(admins.Schedule, ran, isRun ? [] : held);
        }
    }

    // Tries until it is let, or was not though nobody held the layer when it set out.
    private static Task<bool> PauseOnceItIsFreeAsync(Admins admins, string by, Task resuming) => Task.Run(async () =>
    {
        while (true)
        {
            var isFree = resuming.IsCompleted;
            if (await admins.PauseAsync(by) is PauseOutcome.Done)
            {
                return true;
            }

            if (isFree)
            {
                return false;
            }
        }
    });

    // Both at once; each sets out first in every other round.
    private static (Task<PauseOutcome> One, Task<PauseOutcome> Other) Both(int round, Func<Task<PauseOutcome>> one, Func<Task<PauseOutcome>> other)
    {
        if (round % 2 == 0)
        {
            return (Task.Run(one), Task.Run(other));
        }

        var first = Task.Run(other);
        return (Task.Run(one), first);
    }

    private AuditLog NewLog() => new(Store.Audit, time, NullLogger<AuditLog>.Instance);

    // Of a tenant of its own, and it was due at 5 and 10 under a pause; it is 12 now.
    private async Task<Admins> HeldAsync(AuditLog audit, PauseLayer layer, int round)
    {
        time.Set(Minute(1));
        var schedule = await Created(await Installed(TenantId.Parse($"tenant-{round}")), Minute(5));
        var steering = new PauseOperations(
            Store.Pauses, Store.Schedules, Store.Runs, audit, new WakeSignal(time), time, new ScheduleLimits());
        async Task<Pause?> OwnAsync() => (await Reloaded(schedule)).Pause is { } own && own.HoldsAt(time.GetUtcNow()) ? own : null;
        var admins = new Admins(steering, schedule, layer, OwnAsync);
        Assert.IsType<PauseOutcome.Done>(await admins.PauseAsync("anna"));
        Assert.Empty(await Plan(Minute(6)));
        time.Set(Minute(12));
        return admins;
    }

    private async Task<DateTimeOffset[]> RunAsync(params DateTimeOffset[] times)
    {
        var ran = new List<DateTimeOffset>();
        foreach (var at in times)
        {
            var runs = await Plan(at);
            ran.AddRange(runs.Select(r => r.DueAt));
            await CompleteAsync(runs, at);
        }

        return [.. ran];
    }

    private async Task CompleteAsync(IEnumerable<ClaimedRun> runs, DateTimeOffset at)
    {
        foreach (var run in runs)
        {
            await Complete(Succeeded(run, at));
        }
    }

    private async Task IsLedgerAsync(Schedule schedule, DateTimeOffset[] ran, DateTimeOffset[] skipped)
    {
        var rows = (await Ledger(schedule)).OrderBy(r => r.DueAt).ToList();
        Assert.Equal(ran, rows.Where(r => r.State == RunState.Succeeded).Select(r => r.DueAt));
        var stretches = rows.FindAll(r => r.State != RunState.Succeeded);
        Assert.All(stretches, r => Assert.Equal((RunState.Skipped, RunReason.Paused), (r.State, r.Reason)));
        Assert.Equal(skipped, stretches.SelectMany(Occurrences));
        Assert.All(stretches, r => Assert.Equal(Occurrences(r).Count(), r.MissedCount));
    }

    private static IEnumerable<DateTimeOffset> Occurrences(Run stretch)
    {
        for (var at = stretch.MissedFrom!.Value; at <= stretch.MissedTo; at = at.AddMinutes(5))
        {
            yield return at;
        }
    }

    /// <summary>Two who look after one schedule, by a layer of its pauses.</summary>
    private sealed record Admins(PauseOperations Steering, Schedule Schedule, PauseLayer Layer, Func<Task<Pause?>> OwnAsync)
    {
        private PauseTarget Target => Layer switch
        {
            PauseLayer.Host => PauseTarget.Host,
            PauseLayer.Tenant => new PauseTarget(Schedule.Scope.Tenant, null),
            _ => PauseTarget.Of(Schedule.Scope),
        };

        public async Task<PauseOutcome> PauseAsync(string by)
        {
            var (input, actor) = (new PauseInput { Note = "move" }, new Actor(ActorKind.Admin, by));
            return Layer == PauseLayer.Schedule
                ? await Steering.PauseScheduleAsync(Schedule.Scope, Schedule.Id.ToString(), input, actor, byOperator: true)
                : await Steering.PauseAsync(Target, input, actor, byOperator: true);
        }

        public async Task<PauseOutcome> ResumeAsync(PauseEnd onEnd)
        {
            var actor = new Actor(ActorKind.Admin, "anna");
            return Layer == PauseLayer.Schedule
                ? await Steering.ResumeScheduleAsync(Schedule.Scope, Schedule.Id.ToString(), onEnd, actor, byOperator: true)
                : await Steering.ResumeAsync(Target, new ResumeTerms(onEnd), actor, byOperator: true);
        }

        public async Task<Pause?> FindAsync() => Layer == PauseLayer.Schedule ? await OwnAsync() : await Steering.GetAsync(Target);
    }
}
