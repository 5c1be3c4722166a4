using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Runs;

namespace Escapement.Firing.Stages;

/// <summary>The engine's side of a store that a test speaks for. What a test does not speak for must not be asked.</summary>
internal sealed class StubClaims : IClaimStore
{
    public Func<ClaimRequest, ClaimedBatch> Claim { get; set; } = _ => throw new NotSupportedException();

    public Func<IReadOnlyList<LeasedRun>, DateTimeOffset, IReadOnlyList<RunId>> Extend { get; set; } = (_, _) => throw new NotSupportedException();

    public Func<IReadOnlyList<AttemptOutcome>, IReadOnlyList<RunId>> Record { get; set; } = _ => throw new NotSupportedException();

    public Func<RecoveryRequest, RecoveredRuns> Recover { get; set; } = _ => throw new NotSupportedException();

    /// <summary>Tenants that lie in a part of their own.</summary>
    public IReadOnlyList<TenantId> Apart { get; set; } = [];

    public int PartOf(TenantId? tenant) => tenant is { } known && Apart.Contains(known) ? 1 : 0;

    public ValueTask<ClaimedBatch> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default) => new(Claim(request));

    public ValueTask<IReadOnlyList<RunId>> ExtendLeasesAsync(
        IReadOnlyList<LeasedRun> runs, DateTimeOffset until, DateTimeOffset? latest, CancellationToken cancellationToken = default) =>
        new(Extend(runs, until));

    public ValueTask<IReadOnlyList<RunId>> RecordAsync(IReadOnlyList<AttemptOutcome> outcomes, CancellationToken cancellationToken = default) =>
        new(Record(outcomes));

    public ValueTask<DateTimeOffset?> PeekAsync(DateTimeOffset after, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<RecoveredRuns> RecoverAsync(RecoveryRequest request, CancellationToken cancellationToken = default) => new(Recover(request));
}
