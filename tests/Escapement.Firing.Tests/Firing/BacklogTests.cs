using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;

namespace Escapement.Firing;

public class BacklogTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly FiringOptions Options = new() { Node = "node-a", Slots = 8, ClaimBatch = 2, MaxRunningPerInstall = 12 };

    [Fact]
    public async Task Backlog_RoomForTwoBatches_ClaimsTwoAtOnceAndNeverMoreThanSlots()
    {
        HookedClaims? claims = null;
        await using var host = await TestHost.CreateAsync(Options, inner => claims = new HookedClaims(inner));
        var schedules = await ScheduleAsync(host);
        var answer = new TaskCompletionSource<InvocationResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Sandbox.Behaviour = (_, _) => answer.Task;
        await host.StartEngineAsync();
        var (started, both) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        claims!.Before = operation =>
        {
            // The first finds the backlog. Of the two after it neither goes on alone.
            if (operation == nameof(IClaimStore.ClaimAsync) && Interlocked.Increment(ref started) is 2 or 3)
            {
                if (Volatile.Read(ref started) == 3)
                {
                    both.TrySetResult();
                }

                return both.Task;
            }

            return Task.CompletedTask;
        };

        host.Time.SetUtcNow(Nine);
        await host.Signals.UntilAsync(() => host.Sandbox.Invocations.Count == 8, "as many invocations as slots");
        var running = new RunQuery(TenantId.Parse("acme"), null, null, null, 20) { States = [RunState.Running] };
        Assert.Equal(8, (await host.Store.Runs.ListAsync(running)).Runs.Count);

        answer.SetResult(FakeSandbox.Answer(200));
        await host.Signals.RecordedAsync(12);
        foreach (var schedule in schedules)
        {
            var run = Assert.Single(await host.LedgerAsync(schedule));
            Assert.Equal((RunState.Succeeded, 1), (run.State, run.Attempt));
        }
    }

    [Fact]
    public async Task Backlog_PreparationOfOneBatchTakesLong_TheNextIsClaimedMeanwhile()
    {
        HookedInstalls? installs = null;
        await using var host = await TestHost.CreateAsync(Options, wrapInstalls: inner => installs = new HookedInstalls(inner));
        await ScheduleAsync(host);
        var (looks, go) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        installs!.Before = _ => Interlocked.Increment(ref looks) == 1 ? go.Task : Task.CompletedTask;
        await host.StartEngineAsync();

        host.Time.SetUtcNow(Nine);
        await host.Signals.UntilAsync(() => Volatile.Read(ref looks) > 1, "another batch to be prepared");

        go.SetResult();
        await host.Signals.RecordedAsync(12);
    }

    private static async Task<List<Schedule>> ScheduleAsync(TestHost host)
    {
        var extension = await host.InstallAsync();
        List<Schedule> schedules = [];
        for (var i = 0; i < 12; i++)
        {
            schedules.Add(await host.ScheduleAsync(extension, name: $"s{i}"));
        }

        return schedules;
    }
}
