using Escapement.Firing;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;

namespace Escapement.SampleWorld.Hosting;

/// <summary>The store's side of firing, and up to when the engine has claimed what was due: a clock that leaps must know that before it goes on.</summary>
internal sealed class WatchedClaims(IClaimStore inner) : IClaimStore
{
    private long claimedUpTo;

    /// <summary>The latest instant up to which a claim was made that has ended.</summary>
    public DateTimeOffset ClaimedUpTo => new(Volatile.Read(ref claimedUpTo), TimeSpan.Zero);

    public async ValueTask<ClaimedBatch> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default)
    {
        var batch = await inner.ClaimAsync(request, cancellationToken);
        Volatile.Write(ref claimedUpTo, request.Now.UtcTicks);
        return batch;
    }

    public ValueTask<DateTimeOffset?> PeekAsync(DateTimeOffset after, CancellationToken cancellationToken = default) =>
        inner.PeekAsync(after, cancellationToken);

    public ValueTask<IReadOnlyList<RunId>> ExtendLeasesAsync(
        IReadOnlyList<LeasedRun> runs, DateTimeOffset until, DateTimeOffset? latest, CancellationToken cancellationToken = default) =>
        inner.ExtendLeasesAsync(runs, until, latest, cancellationToken);

    public ValueTask<RecoveredRuns> RecoverAsync(RecoveryRequest request, CancellationToken cancellationToken = default) =>
        inner.RecoverAsync(request, cancellationToken);

    public ValueTask<IReadOnlyList<RunId>> RecordAsync(IReadOnlyList<AttemptOutcome> outcomes, CancellationToken cancellationToken = default) =>
        inner.RecordAsync(outcomes, cancellationToken);
}
