using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Gateway;

/// <summary>Why a call has no answer that can be passed on.</summary>
/// <param name="Reason">In the ledger's words; <see cref="RunReason.None"/> for an answer that is not HTTP.</param>
/// <param name="Message">For people.</param>
public sealed record CallFailure(RunReason Reason, string Message)
{
    /// <summary>Whether another guest may have brought it about. Whether the call may be repeated is for the caller to know.</summary>
    public bool MayBeAnothers { get; init; }

    /// <summary>The failure in a result; null for an answer that can be passed on, and for a call that was given up.</summary>
    internal static CallFailure? Of(InvocationResult result) => result switch
    {
        InvocationResult.Responded { Response.Status: >= 200 and <= 599 } => null,
        InvocationResult.Responded { Response.Status: var status } =>
            new(RunReason.None, $"The extension answered with status {status}, which is not one of HTTP's 200 to 599"),
        InvocationResult.Failed failed => new(failed.Reason, failed.Message),
        InvocationResult.WorkerLost { Alone: true } lost => new(RunReason.WorkerLost, lost.Message),
        InvocationResult.WorkerLost =>
            new(RunReason.WorkerLost, "The process in which the extension ran was lost, and that may be another's doing") { MayBeAnothers = true },
        _ => null,
    };
}
