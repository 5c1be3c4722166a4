using Escapement.Firing.Holding;
using Escapement.Waking;

namespace Escapement.Firing.Engine;

/// <summary>Sleeps to exactly the next due instant, or for the poll interval if that is shorter.</summary>
internal sealed class DueSleep(
    IClaimStore store, StoreRetry retry, RoomWatch room, WakeSignal wake, FiringOptions options, IReadOnlyList<IFiringObserver> observers, TimeProvider time)
{
    /// <param name="claimedUpTo">The instant up to which everything due was claimed or passed over.</param>
    /// <param name="passedOver">Whether something was passed over.</param>
    /// <param name="roomBefore">What <see cref="RoomWatch.Made"/> was before the claim.</param>
    /// <param name="cancellationToken">Ends the sleep.</param>
    public async Task SleepAsync(DateTimeOffset claimedUpTo, bool passedOver, long roomBefore, CancellationToken cancellationToken)
    {
        // What was passed over waits for a run of its install to be recorded; that may have happened since the claim.
        room.Wanted = passedOver;
        if (passedOver && room.Made != roomBefore)
        {
            return;
        }

        var next = await retry.RunAsync("claim", () => store.PeekAsync(claimedUpTo, cancellationToken), cancellationToken);
        var poll = time.GetUtcNow() + options.PollInterval;
        var until = next < poll ? next.Value : poll;
        foreach (var observer in observers)
        {
            observer.Sleeping(until);
        }

        await wake.SleepAsync(until, cancellationToken);
    }
}
