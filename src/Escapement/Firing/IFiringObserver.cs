using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;

namespace Escapement.Firing;

/// <summary>
/// Watches the engine. Called on its threads, so it must be quick and must not throw. Tests and benchmarks wait on it instead of sleeping.
/// </summary>
internal interface IFiringObserver
{
    /// <summary>A claim was made; it may have found nothing.</summary>
    void Claimed(ClaimedBatch batch);

    /// <summary>Everything due was claimed or passed over; the engine sleeps until an instant, or until it is woken.</summary>
    void Sleeping(DateTimeOffset until);

    /// <summary>Runs of nodes that fell silent were taken back: one or more.</summary>
    void Recovered(RecoveredRuns recovered)
    {
    }

    /// <summary>An outcome is durably recorded.</summary>
    void Recorded(AttemptOutcome outcome);
}
