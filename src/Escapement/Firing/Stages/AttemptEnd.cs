using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Firing.Stages;

/// <summary>How an attempt ended: what happened, before it is classified. Closed.</summary>
internal abstract record AttemptEnd
{
    private AttemptEnd()
    {
    }

    /// <summary>The version that was called; null when none was.</summary>
    public VersionId? Version { get; init; }

    /// <summary>The sandbox carried it out, or a part of it.</summary>
    internal sealed record Returned(Invoked Invoked) : AttemptEnd;

    /// <summary>The run cannot go on any more, and never will.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Text">What the ledger says.</param>
    /// <param name="HoldsSchedule">Whether the schedule cannot go on either until its endpoint is back.</param>
    internal sealed record GivenUp(RunReason Reason, string Text, bool HoldsSchedule = false) : AttemptEnd;

    /// <summary>The host itself failed.</summary>
    internal sealed record HostFailed(DateTimeOffset StartedAt, Exception Fault) : AttemptEnd;

    /// <summary>The sandbox cannot run the extension yet; it was not called.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Text">What the ledger says.</param>
    internal sealed record NotReady(RunReason Reason, string Text) : AttemptEnd;

    /// <summary>This node stops, and the extension was not called.</summary>
    internal sealed record NotStarted : AttemptEnd;

    /// <summary>Another node has the run now, or may have it.</summary>
    internal sealed record LeaseLost : AttemptEnd;
}
