using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Gateway;

/// <summary>Why a call has no answer that can be passed on.</summary>
/// <param name="Reason">In the ledger's words; <see cref="RunReason.None"/> for an answer that is not HTTP.</param>
/// <param name="Message">For people.</param>
public sealed record CallFailure(RunReason Reason, string Message)
{
    /// <summary>The failure in a result; null for an answer that can be passed on, and for a call that was given up.</summary>
    internal static CallFailure? Of(InvocationResult result) => result switch
    {
        InvocationResult.Responded { Response.Status: >= 200 and <= 599 } => null,
        InvocationResult.Responded { Response.Status: var status } =>
            new(RunReason.None, $"The extension answered with status {status}, which is not one of HTTP's 200 to 599"),
        InvocationResult.Failed failed => new(failed.Reason, failed.Message),
        _ => null,
    };
}
