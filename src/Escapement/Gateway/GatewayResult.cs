using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Gateway;

/// <summary>How a gateway call ended. Closed.</summary>
public abstract record GatewayResult
{
    private GatewayResult()
    {
    }

    /// <summary>The extension answered; the headers are those that may be passed on.</summary>
    public sealed record Answered(HandlerResponse Response) : GatewayResult;

    /// <summary>It gave no answer, or none that is HTTP.</summary>
    /// <param name="Failure">Why.</param>
    /// <param name="Scope">The tenant and install that were called.</param>
    /// <param name="Kept">Whether its log can be read by the request's id.</param>
    public sealed record Failed(CallFailure Failure, InstallScope Scope, bool Kept) : GatewayResult;

    /// <summary>The caller went away, or the host is stopping.</summary>
    public sealed record Ended : GatewayResult;

    /// <summary>The sandbox cannot run it yet, and will be able to.</summary>
    /// <param name="Reason">Why, as in <see cref="InvocationResult.NotReady"/>.</param>
    /// <param name="Message">Says so, for people.</param>
    public sealed record NotReady(RunReason Reason, string Message) : GatewayResult;

    /// <summary>Too many calls wait.</summary>
    public sealed record Busy(CallRefusal Queue) : GatewayResult;

    /// <summary>The tenant does not have the extension.</summary>
    public sealed record NotInstalled : GatewayResult;

    /// <summary>The install is disabled.</summary>
    public sealed record Disabled : GatewayResult;

    /// <summary>The installed version declares no endpoint at that path.</summary>
    public sealed record NoEndpoint : GatewayResult;

    /// <summary>It declares the path, with other methods.</summary>
    public sealed record MethodNotAllowed(IReadOnlyList<string> Allowed) : GatewayResult;
}
