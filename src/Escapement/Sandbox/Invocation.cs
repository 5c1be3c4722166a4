using Escapement.HostApi;
using Escapement.Installs;
using Escapement.Runs;

namespace Escapement.Sandbox;

/// <summary>One request to an extension.</summary>
/// <param name="Extension">On whose behalf, and which version.</param>
/// <param name="Host">The host API, bound to that install.</param>
/// <param name="Request">The request.</param>
public sealed record Invocation(InstalledExtension Extension, IHostApi Host, HandlerRequest Request)
{
    /// <summary>
    /// Asked by the sandbox right before the guest starts, after whatever wait for a slot or a component there was; false ends the
    /// invocation as <see cref="InvocationResult.NotStarted"/>. Quick and never throws. Null: it may start.
    /// </summary>
    public Func<bool>? MayStart { get; init; }

    /// <summary>
    /// Whether no other guest may run in the same process meanwhile, because it was in one that was lost. A sandbox without processes of its own
    /// need not look at it.
    /// </summary>
    public bool Alone { get; init; }

    /// <summary>How long the guest may take, where that is less than the sandbox's own limit; null for that limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>
    /// Is given, right before the guest starts, what answers the lines that it has logged so far: that can be asked at any time, also when it has ended.
    /// Quick and never throws. Null: nobody looks at them before its end.
    /// </summary>
    internal Action<Func<IReadOnlyList<GuestLogLine>>>? OnLog { get; init; }

    /// <summary>How long the guest may take on a sandbox with this limit: what was allowed when a policy was made may be more than is allowed now.</summary>
    internal TimeSpan TimeLimitWithin(TimeSpan most) => TimeLimit < most ? TimeLimit.Value : most;
}
