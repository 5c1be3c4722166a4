using Escapement.Telemetry;
using Escapement.Time;
using Microsoft.Extensions.Logging;

namespace Escapement.Firing;

/// <summary>
/// Keeps the stages alive while the store is away, and tries again. The log has one stack trace an outage, a line for each further
/// try, and a line when it is over.
/// </summary>
internal sealed partial class StoreRetry(EscapementTelemetry telemetry, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private long? awaySince;

    /// <summary>Does the work until the store takes part.</summary>
    /// <param name="stage">Which stage, for the log.</param>
    /// <param name="work">The work; nothing of it counts as done when it throws.</param>
    /// <param name="cancellationToken">Gives up waiting for the store; the work has tokens of its own.</param>
    /// <param name="orThis">Gives up waiting too.</param>
    public async ValueTask<T> RunAsync<T>(string stage, Func<ValueTask<T>> work, CancellationToken cancellationToken, CancellationToken orThis = default)
    {
        var wait = First;
        for (var tries = 1; ; tries++)
        {
            try
            {
                var result = await work();
                if (tries > 1)
                {
                    Back();
                }

                return result;
            }
            catch (StoreUnavailableException e)
            {
                Away(e, stage, wait);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, orThis);
                await Task.Delay(time.FromReal(wait), time, either.Token);
                wait = wait * 2 < Longest ? wait * 2 : Longest;
            }
        }
    }

    private void Away(StoreUnavailableException e, string stage, TimeSpan wait)
    {
        bool first;
        lock (gate)
        {
            first = awaySince is null;
            awaySince ??= time.GetTimestamp();
        }

        telemetry.Store.Failed(stage);
        StoreIsUnavailable(first ? e : null, stage, wait.TotalSeconds, e.Message);
    }

    private void Back()
    {
        TimeSpan? away;
        lock (gate)
        {
            away = awaySince is { } since ? time.GetElapsedTime(since) : null;
            awaySince = null;
        }

        if (away is { } took)
        {
            StoreIsBack(took.TotalSeconds);
        }
    }
}
