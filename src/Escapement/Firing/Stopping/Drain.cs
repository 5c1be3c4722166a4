using Escapement.Firing.Holding;
using Microsoft.Extensions.Logging;

namespace Escapement.Firing.Stopping;

/// <summary>Waits for this node's runs while it stops, and ends those that take too long, which gives them back.</summary>
internal sealed partial class Drain(Slots slots, HeldRuns held, FiringOptions options, TimeProvider time, ILogger logger)
{
    /// <param name="claiming">The claim loop, which ends as the first of all.</param>
    /// <param name="stop">The steps of the stop.</param>
    /// <param name="endAtOnce">Whether no run may go on.</param>
    public async Task RunAsync(Task claiming, StopSteps stop, bool endAtOnce)
    {
        var patience = endAtOnce ? TimeSpan.Zero : options.ShutdownTimeout;
        Stopping(slots.Running, patience.TotalSeconds);
        var idle = IdleAsync(claiming);
        try
        {
            await idle.WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            stop.EndRuns();
            held.EndAll(EarlyEnd.NodeStopping);
            await idle.WaitAsync(stop.Afterwards, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A claim that is under way may still bring runs; only after it do free slots mean that nothing runs.
    private async Task IdleAsync(Task claiming)
    {
        await claiming.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await slots.DrainedAsync();
    }
}
