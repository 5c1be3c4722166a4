using Escapement.Time;
using Microsoft.Extensions.Logging;

namespace Escapement.Firing;

/// <summary>Keeps a stage alive while the store is away: says so once a while, and tries again.</summary>
internal sealed partial class StoreRetry(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Does the work until the store takes part.</summary>
    /// <param name="stage">Which stage, for the log.</param>
    /// <param name="work">The work; nothing of it counts as done when it throws.</param>
    /// <param name="cancellationToken">Gives up waiting for the store; the work has tokens of its own.</param>
    /// <param name="orThis">Gives up waiting too.</param>
    public async ValueTask<T> RunAsync<T>(string stage, Func<ValueTask<T>> work, CancellationToken cancellationToken, CancellationToken orThis = default)
    {
        var wait = First;
        while (true)
        {
            try
            {
                return await work();
            }
            catch (StoreUnavailableException e)
            {
                StoreIsUnavailable(e, stage, wait.TotalSeconds);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, orThis);
                await Task.Delay(time.FromReal(wait), time, either.Token);
                wait = wait * 2 < Longest ? wait * 2 : Longest;
            }
        }
    }

    [LoggerMessage(LogEvents.StoreUnavailable, LogLevel.Error, "The store is unavailable to the {Stage} stage, which tries again in {Seconds} s")]
    private partial void StoreIsUnavailable(Exception e, string stage, double seconds);
}
