using Escapement.Runs;

namespace Escapement.Sandbox;

/// <summary>A result, with what was kept of the way to it.</summary>
/// <param name="Result">How it ended.</param>
/// <param name="StartedAt">When the guest started; it may have waited for a slot before.</param>
/// <param name="Duration">How long the guest ran.</param>
/// <param name="Evidence">Log lines and host calls.</param>
public sealed record Invoked(InvocationResult Result, DateTimeOffset StartedAt, TimeSpan Duration, RunEvidence Evidence)
{
    /// <summary>Whether the extension's component had to be loaded first; null where a sandbox does not say.</summary>
    public bool? ColdStart { get; init; }
}
