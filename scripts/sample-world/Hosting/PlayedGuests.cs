using System.Text;
using Escapement.HostApi.Scheduler;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.SampleWorld.Playing;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.SampleWorld.Hosting;

/// <summary>Stands where the sandbox stands: a guest takes time on the host's clock, writes its log, calls the host and answers, as it is played.</summary>
internal sealed class PlayedGuests(FakeTimeProvider clock, Play play) : ISandbox
{
    /// <summary>Guests at once.</summary>
    public const int Most = 256;

    private readonly Lock gate = new();
    private readonly List<DateTimeOffset> ends = [];
    private long ended;

    public int Slots => Most;

    /// <summary>When the next guest ends that a run called; never, if none is under way.</summary>
    public DateTimeOffset NextEnd
    {
        get
        {
            lock (gate)
            {
                return ends.Count == 0 ? DateTimeOffset.MaxValue : ends.Min();
            }
        }
    }

    /// <summary>How many guests that runs called have come to their end by an instant.</summary>
    public long EndedBy(DateTimeOffset instant)
    {
        lock (gate)
        {
            ended += ends.RemoveAll(e => e <= instant);
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
        var delay = Task.CompletedTask;
        if (call.IsRun)
        {
            lock (gate)
            {
                ends.Add(startedAt + played.Takes);
            }

            delay = Task.Delay(played.Takes, clock, CancellationToken.None);
        }

        var calls = await CallHostAsync(invocation, played, cancellationToken);
        await delay;
        RunEvidence evidence = new([.. played.Log.Select(l => new GuestLogLine(startedAt + l.After, l.Level, l.Message))], 0, calls);
        var result = played.Failure is { } failure
            ? (InvocationResult)new InvocationResult.Failed(failure, played.Text)
            : new InvocationResult.Responded(new HandlerResponse(played.Status, [new("content-type", "application/json")], Encoding.UTF8.GetBytes(played.Text)));
        return new Invoked(result, startedAt, played.Takes, evidence);
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
