using Escapement.Firing;
using Escapement.HostApi;
using Escapement.Installs;
using Escapement.Runs;

namespace Escapement.Sandbox;

/// <summary>Runs an extension's handler. The engine and the gateway know the sandbox only through this.</summary>
public interface ISandbox
{
    /// <summary>How many invocations it carries out at once; more wait their turn.</summary>
    int Slots { get; }

    /// <summary>
    /// Carries out one request in a fresh instance. Whatever the guest does becomes an <see cref="InvocationResult"/>; the task
    /// fails only for a bug of the host, or when the component could not be fetched.
    /// </summary>
    /// <param name="invocation">What to run and on whose behalf.</param>
    /// <param name="cancellationToken">Ends the guest early, as <see cref="InvocationResult.Cancelled"/>.</param>
    /// <exception cref="StoreUnavailableException">
    /// The component could not be fetched now. The guest has not started; the same call may succeed later.
    /// </exception>
    ValueTask<Invoked> InvokeAsync(Invocation invocation, CancellationToken cancellationToken);
}

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
}

/// <summary>The request as the handler sees it.</summary>
/// <param name="RequestId">Names this attempt; also in the context.</param>
/// <param name="Method">Upper case.</param>
/// <param name="Url">Path and query.</param>
/// <param name="Headers">Name and value; names lower-case.</param>
/// <param name="Body">Null when there is none.</param>
public sealed record HandlerRequest(string RequestId, string Method, string Url, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte>? Body);

/// <summary>The response as the handler gave it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">Name and value.</param>
/// <param name="Body">Null when there is none.</param>
public sealed record HandlerResponse(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte>? Body);

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

/// <summary>How an invocation ended. Closed.</summary>
public abstract record InvocationResult
{
    private InvocationResult()
    {
    }

    /// <summary>The handler answered.</summary>
    public sealed record Responded(HandlerResponse Response) : InvocationResult;

    /// <summary>The guest was ended or ended itself; never an answer.</summary>
    /// <param name="Reason">Trap, TimeOut, OutOfMemory, ResponseTooLarge, TooManyHostCalls, ComponentUnavailable or HostError.</param>
    /// <param name="Message">What happened, for people; at most 4,000 characters.</param>
    public sealed record Failed(RunReason Reason, string Message) : InvocationResult;

    /// <summary>The caller gave up; nothing is known of how far the guest came.</summary>
    public sealed record Cancelled : InvocationResult;

    /// <summary><see cref="Invocation.MayStart"/> said no; the guest was not started.</summary>
    public sealed record NotStarted : InvocationResult;
}
