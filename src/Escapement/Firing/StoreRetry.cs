using Microsoft.Extensions.Logging;

namespace Escapement.Firing;

/// <summary>Keeps a stage alive while the store is away: says so once a while, and tries again.</summary>
internal sealed partial class StoreRetry(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public async ValueTask<T> RunAsync<T>(string stage, Func<ValueTask<T>> work, CancellationToken cancellationToken)
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
                await Task.Delay(wait, time, cancellationToken);
                wait = wait * 2 < Longest ? wait * 2 : Longest;
            }
        }
    }

    [LoggerMessage(LogEvents.StoreUnavailable, LogLevel.Error, "The store is unavailable to the {Stage} stage, which tries again in {Seconds} s")]
    private partial void StoreIsUnavailable(Exception e, string stage, double seconds);
}
