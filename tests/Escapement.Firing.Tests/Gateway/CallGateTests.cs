using Escapement.Sharing;
using Escapement.Telemetry;

namespace Escapement.Gateway;

public sealed class CallGateTests : IDisposable
{
    private static readonly TenantId[] Tenants = [.. Enumerable.Range(0, 8).Select(i => TenantId.Parse($"t{i}"))];

    private readonly EscapementTelemetry telemetry = new();
    private readonly SharedSlots slots = new(SlotPlan.Of(8, new SlotWish(), new SlotWish()));
    private readonly CallGate gate;

    public CallGateTests() => gate = new CallGate(new GatewayOptions(), slots, telemetry);

    public void Dispose() => telemetry.Dispose();

    [Fact]
    public void Start_OneTenantWithMany_LeavesSlotsToOthersAtOnce()
    {
        var many = Enumerable.Range(0, 4).Select(i => Start(0, i)).Concat(Enumerable.Range(0, 12).Select(_ => Start(0, 0))).ToList();
        Assert.Equal(3, many.Count(c => c.Started.IsCompleted));

        Assert.True(Start(1, 0).Started.IsCompleted);
    }

    [Fact]
    public async Task Start_CallerGoesAwayWhileItWaits_LeavesTheQueue()
    {
        using var listening = new Listening(telemetry);
        Start(0, 0);
        Start(0, 0);
        using var leaving = new CancellationTokenSource();
        var waiting = gate.Enter(Scope(0, 0)).Call!;
        var started = gate.StartAsync(waiting, leaving.Token);
        listening.Observe();
        Assert.Equal(1, listening.Of("escapement.gateway.queue.depth")[^1].Value);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => started);
        gate.Leave(waiting);

        listening.Observe();
        Assert.Equal(0, listening.Of("escapement.gateway.queue.depth")[^1].Value);
        Assert.False(waiting.Started.IsCompleted);
    }

    [Fact]
    public void Enter_QueueOfTheInstallIsFull_IsRefusedAndCounted()
    {
        using var listening = new Listening(telemetry);
        Assert.All(Enumerable.Range(0, 18), _ => Start(0, 0));

        Assert.Equal((null, CallRefusal.Install), gate.Enter(Scope(0, 0)));

        Assert.Equal([(1.0, "escapement.queue=install")], listening.Of("escapement.gateway.refusals").Select(m => (m.Value, m.Labels)));
    }

    [Fact]
    public void Runs_HaveAllThatTheyMay_LeaveTheReservedSlotsToCalls()
    {
        slots.TakeForRuns(Tenants[..7]);
        Assert.Equal(0, slots.RoomForRuns);

        var first = Start(0, 0);
        var second = Start(1, 0);
        Assert.Equal((true, false), (first.Started.IsCompleted, second.Started.IsCompleted));

        // A run that ends makes room, and while calls wait too runs take no more than half.
        slots.ReleaseRun(Tenants[6]);
        Assert.True(second.Started.IsCompleted);
        var third = Start(2, 0);
        slots.ReleaseRun(Tenants[5]);
        Assert.True(third.Started.IsCompleted);
    }

    [Fact]
    public void Calls_HaveAllThatTheyMay_LeaveTheReservedSlotsToRuns()
    {
        var calls = Enumerable.Range(0, 8).Select(i => Start(i, 0)).ToList();
        Assert.Equal((6, 2), (calls.Count(c => c.Started.IsCompleted), slots.RoomForRuns));

        // While runs wait as well, a slot that a call gives back is theirs until they have half.
        slots.TakeForRuns(Tenants[..2]);
        slots.RunsWait(true);
        gate.Leave(calls[0]);
        Assert.Equal((5, 1), (calls[1..].Count(c => c.Started.IsCompleted), slots.RoomForRuns));

        // When they no longer wait, it is the calls' again.
        slots.RunsWait(false);
        Assert.Equal(6, calls[1..].Count(c => c.Started.IsCompleted));
    }

    [Fact]
    public async Task Calls_ComingAndGoingOnManyThreads_NeverExceedAnyLimitAndAllGetThrough()
    {
        // Room for all that are on their way, whichever fall behind.
        using var own = new EscapementTelemetry();
        var shared = new SharedSlots(SlotPlan.Of(8, new SlotWish(), new SlotWish()));
        var wide = new CallGate(new GatewayOptions { MaxWaitingPerInstall = 32 }, shared, own);
        var (running, most) = (new int[8], new int[8]);
        var (all, mostOfAll, done) = (0, 0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, 4_000), new ParallelOptions { MaxDegreeOfParallelism = 24 }, async (i, cancellationToken) =>
        {
            var tenant = i % 8;
            var call = wide.Enter(Scope(tenant, i % 3)).Call!;
            await wide.StartAsync(call, cancellationToken);
            Raise(ref most[tenant], Interlocked.Increment(ref running[tenant]));
            Raise(ref mostOfAll, Interlocked.Increment(ref all));
            await Task.Yield();
            Interlocked.Decrement(ref all);
            Interlocked.Decrement(ref running[tenant]);
            wide.Leave(call);
            Interlocked.Increment(ref done);
        });

        Assert.Equal(4_000, done);
        Assert.All(most, m => Assert.InRange(m, 1, 3));
        Assert.InRange(mostOfAll, 1, 6);
        Assert.Equal(7, shared.RoomForRuns);
    }

    private static void Raise(ref int most, int seen)
    {
        for (var known = Volatile.Read(ref most); seen > known; known = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, seen, known);
        }
    }

    private static InstallScope Scope(int tenant, int install) =>
        new(Tenants[tenant], new InstallId(new Guid(tenant, (short)install, 0, 0, 0, 0, 0, 0, 0, 0, 1)));

    private QueuedCall Start(int tenant, int install)
    {
        var call = gate.Enter(Scope(tenant, install)).Call!;
        gate.StartAsync(call, CancellationToken.None);
        return call;
    }
}
