using Escapement.Events;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Runs;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Tests.Events;

public sealed class ToldRunsTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly InstallScope Acme = new(TenantId.Parse("acme"), new InstallId(Guid.CreateVersion7()));
    private static readonly InstallScope Globex = new(TenantId.Parse("globex"), new InstallId(Guid.CreateVersion7()));
    private static readonly ScheduleId Schedule = new(Guid.CreateVersion7());

    private readonly EventFeed feed = new(new FakeTimeProvider(Nine));
    private readonly List<HostEvent> happened = [];
    private readonly ToldRuns told;

    public ToldRunsTests()
    {
        told = new ToldRuns(feed);
        feed.NoteInterest();
        feed.Happened += happened.Add;
    }

    // What does not start has no run to be shown: it is told by how many rows a tenant has more of each kind.
    [Fact]
    public void Claimed_OccurrencesThatDoNotStart_AreToldOfEachTenantByTheirNumber()
    {
        told.Claimed(new ClaimedBatch([], 0, 0, 0, false)
        {
            NotStarted = [Row(Acme, RunState.Missed), Row(Acme, RunState.Skipped), Row(Acme, RunState.Missed), Row(Globex, RunState.Abandoned)],
        });

        Assert.Equal(
            [
                new HostEvent(Acme.Tenant, EventKind.Run, "missed", Id: null, Count: 2), new HostEvent(Acme.Tenant, EventKind.Run, "skipped", Id: null),
                new HostEvent(Globex.Tenant, EventKind.Run, "abandoned", Id: null),
            ],
            happened);
    }

    [Fact]
    public void Claimed_SchedulesWhosePauseIsOverOrThatCannotBePlanned_AreTold()
    {
        told.Claimed(new ClaimedBatch([], 0, 0, 0, false)
        {
            Changed = [new ChangedByClaim(Acme.Tenant, Schedule, IsResumed: true), new ChangedByClaim(Globex.Tenant, Schedule, IsResumed: false)],
        });

        Assert.Equal(
            [
                new HostEvent(Acme.Tenant, EventKind.Schedule, "resumed", Schedule.Value),
                new HostEvent(Globex.Tenant, EventKind.Schedule, "changed", Schedule.Value),
            ],
            happened);
    }

    [Fact]
    public void Claimed_WhileNobodyWatches_IsNotLookedAt()
    {
        var unwatched = new ToldRuns(new EventFeed(new FakeTimeProvider(Nine)));

        unwatched.Claimed(new ClaimedBatch([], 0, 0, 0, false) { NotStarted = null!, Changed = null! });
    }

    [Fact]
    public void Recovered_RunsOfALostNode_AreTold()
    {
        var run = new RunningRun
        {
            Id = new RunId(Guid.CreateVersion7()),
            Scope = Acme,
            Schedule = Schedule,
            DueAt = Nine,
            Trigger = RunTrigger.Schedule,
            Attempt = 1,
            LostAttempts = 0,
            StoppedAttempts = 0,
            EarlierAttempts = [],
            Node = "node-b",
            StartedAt = Nine,
            LeaseUntil = Nine,
            CreatedAt = Nine,
        };
        var settled = new SettledRun(run) { State = RunState.Queued, Reason = RunReason.NodeLost, At = Nine };

        told.Recovered(RecoveredRuns.Of([settled, settled with { State = RunState.Abandoned }]));

        Assert.Equal(
            [
                new HostEvent(Acme.Tenant, EventKind.Run, "queued", run.Id.Value, Schedule.Value),
                new HostEvent(Acme.Tenant, EventKind.Run, "abandoned", run.Id.Value, Schedule.Value),
            ],
            happened);
    }

    private static UnstartedOccurrence Row(InstallScope scope, RunState state) =>
        new(Guid.CreateVersion7(), scope, Schedule, Nine, state, RunReason.None, Range: null);
}
