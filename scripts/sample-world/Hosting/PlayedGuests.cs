using System.Text;
using Escapement.HostApi.Scheduler;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.SampleWorld.Playing;

namespace Escapement.SampleWorld.Hosting;

/// <summary>Stands where the sandbox stands: a guest takes time on the host's clock, writes its log, calls the host and answers, as it is played.</summary>
internal sealed class PlayedGuests(TimeProvider clock, Play play) : ISandbox
{
    /// <summary>Guests at once.</summary>
    public const int Most = 256;

    private readonly Lock gate = new();
    // No timers of the clock: one that leaps between the look at it and the timer would have a guest end later than is waited for.
    private readonly List<(DateTimeOffset At, TaskCompletionSource Reached)> ends = [];
    private long ended;

    public int Slots => Most;

    /// <summary>When the next guest ends that a run called; never, if none is under way.</summary>
    public DateTimeOffset NextEnd
    {
        get
        {
            lock (gate)
            {
                return ends.Count == 0 ? DateTimeOffset.MaxValue : ends.Min(e => e.At);
            }
        }
    }

    /// <summary>Lets guests come to their end whose time it is by an instant; how many that runs called have come to it so far.</summary>
    public long EndedBy(DateTimeOffset instant)
    {
        lock (gate)
        {
            foreach (var (_, reached) in ends.Where(e => e.At <= instant))
            {
                reached.SetResult();
            }

            ended += ends.RemoveAll(e => e.At <= instant);
            return ended;
        }
    }

    public async ValueTask<Invoked> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var startedAt = clock.GetUtcNow();
        if (invocation.MayStart?.Invoke() == false)
        {
            return new Invoked(new InvocationResult.NotStarted(), startedAt, TimeSpan.Zero, RunEvidence.None);
        }

        var call = PlayedCall.Of(invocation, startedAt);
        var played = play(call);
        var end = call.IsRun ? EndAsync(startedAt + played.Takes) : Task.CompletedTask;
        var calls = await CallHostAsync(invocation, played, cancellationToken);
        await end;
        RunEvidence evidence = new([.. played.Log.Select(l => new GuestLogLine(startedAt + l.After, l.Level, l.Message))], 0, calls);
        var result = played.Failure is { } failure
            ? (InvocationResult)new InvocationResult.Failed(failure, played.Text)
            : new InvocationResult.Responded(
                new HandlerResponse(played.Status, [new("content-type", "application/json")], Encoding.UTF8.GetBytes(played.Text)));
        return new Invoked(result, startedAt, played.Takes, evidence);
    }

    private Task EndAsync(DateTimeOffset at)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            ends.Add((at, reached));
        }

        return reached.Task;
    }

    private static async Task<Dictionary<string, int>> CallHostAsync(Invocation invocation, Played played, CancellationToken cancellationToken)
    {
        var calls = played.Log.GroupBy(l => $"logging.{l.Level}").ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        if (played.Lists)
        {
            await invocation.Host.Get<ISchedulerHost>().ListAsync(cancellationToken);
            calls["scheduler.list"] = 1;
        }

        foreach (var wanted in played.Creates)
        {
            await invocation.Host.Get<ISchedulerHost>().CreateAsync(wanted, cancellationToken);
            calls["scheduler.create"] = calls.GetValueOrDefault("scheduler.create") + 1;
        }

        return calls;
    }
}
