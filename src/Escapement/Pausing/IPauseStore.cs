using Escapement.Audit;
using Escapement.Scheduling;

namespace Escapement.Pausing;

/// <summary>
/// Pauses above the schedules. Each is a row that claims read, written under the lock that they take: of however many schedules, none is
/// changed, and no claim after the answer starts any.
/// </summary>
internal interface IPauseStore
{
    /// <summary>Those above a tenant's schedules: the host's, its own, those of its installs; without a tenant the host's alone.</summary>
    ValueTask<IReadOnlyList<OuterPause>> ListAsync(TenantId? tenant, CancellationToken cancellationToken = default);

    /// <summary>Those above all tenants' schedules.</summary>
    ValueTask<IReadOnlyList<OuterPause>> ListAllAsync(CancellationToken cancellationToken = default);

    /// <summary>Pauses, unless there is a pause in its layer, or the install is gone; with its audit entry, in one transaction.</summary>
    /// <param name="pause">The pause.</param>
    /// <param name="audit">Who asked.</param>
    /// <param name="expected">Whether the layer is as the caller saw it; null when it may be anything.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<PauseOutcome> PauseAsync(
        OuterPause pause, AuditEntry audit, Func<Pause?, bool>? expected = null, CancellationToken cancellationToken = default);

    /// <summary>Ends the pause of a layer, if there is one that the caller may end.</summary>
    ValueTask<PauseOutcome> ResumeAsync(PauseTarget target, PauseEnding ending, AuditEntry audit, CancellationToken cancellationToken = default);

    /// <summary>Schedules below a target that were put aside for a pause, without their payloads.</summary>
    IAsyncEnumerable<Schedule> HeldAsync(PauseTarget target, CancellationToken cancellationToken = default);
}

/// <summary>How a pause is ended.</summary>
/// <param name="Now">The instant.</param>
/// <param name="OnEnd">What becomes of what it kept from starting; null for what the pause says.</param>
/// <param name="ByOperator">Whether an operator asks.</param>
internal sealed record PauseEnding(DateTimeOffset Now, PauseEnd? OnEnd, bool ByOperator)
{
    /// <summary>Whether the layer is as the caller saw it; null when it may be anything.</summary>
    public Func<Pause?, bool>? Expected { get; init; }

    /// <summary>When the caller was shown what it would do; null when they were not.</summary>
    public DateTimeOffset? ShownAt { get; init; }
}
