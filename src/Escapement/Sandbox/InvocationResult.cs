using Escapement.Runs;

namespace Escapement.Sandbox;

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

    /// <summary>The process that ran the guest ended before the guest answered; nothing is known of how far the guest came.</summary>
    /// <param name="Alone">
    /// Whether this one is to blame: no other guest ran there meanwhile, and the host did not end the process for reasons of its own. Otherwise it may run
    /// again, alone.
    /// </param>
    /// <param name="Message">What happened, for people; at most 4,000 characters.</param>
    public sealed record WorkerLost(bool Alone, string Message) : InvocationResult;

    /// <summary>The caller gave up; nothing is known of how far the guest came.</summary>
    public sealed record Cancelled : InvocationResult;

    /// <summary>The sandbox cannot run the guest yet, which is not the guest's doing, and will be able to; it was not started.</summary>
    /// <param name="Reason">Why: Compiling while its component is being compiled, SandboxUnavailable when no worker process can be started.</param>
    /// <param name="Message">Says so, for people.</param>
    public sealed record NotReady(RunReason Reason, string Message) : InvocationResult
    {
        /// <summary>After how long it may be tried again.</summary>
        public static TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(5);
    }

    /// <summary><see cref="Invocation.MayStart"/> said no; the guest was not started.</summary>
    public sealed record NotStarted : InvocationResult;
}
