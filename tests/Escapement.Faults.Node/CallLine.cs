using Escapement.Scheduling;

namespace Escapement.Faults;

/// <summary>
/// One line of what a node's sandbox writes down beside the ledger: that a call began or ended, what a guest was answered, or that the
/// process stood still. Instants are real.
/// </summary>
internal sealed record CallLine
{
    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The idempotency key that the handler saw.</summary>
    public string? Key { get; init; }

    public string? Schedule { get; init; }

    public string? DueAt { get; init; }

    public string? Trigger { get; init; }

    public int Attempt { get; init; }

    /// <summary>How a call ended: a status, or <c>cancelled</c>. Of a created schedule: its id.</summary>
    public string? Result { get; init; }

    /// <summary>Since when the process stood still.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The kinds of line.</summary>
    internal static class Kinds
    {
        public const string Start = "start";
        public const string End = "end";
        public const string Created = "created";
        public const string Stall = "stall";
    }
}
