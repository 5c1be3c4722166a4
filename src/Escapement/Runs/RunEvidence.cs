using System.Text.Json.Serialization;

namespace Escapement.Runs;

/// <summary>What the sandbox keeps of an attempt; bounded.</summary>
/// <param name="Log">The guest's log lines, in order.</param>
/// <param name="DroppedLogLines">Lines beyond the limit.</param>
/// <param name="HostCalls">How often each host operation was called, by name.</param>
public sealed record RunEvidence(IReadOnlyList<GuestLogLine> Log, int DroppedLogLines, IReadOnlyDictionary<string, int> HostCalls)
{
    /// <summary>What it waited for before it started, where it started late; known to the node that carried it out.</summary>
    [JsonInclude]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal RunWait? WaitedFor { get; init; }

    /// <summary>The trace that its attempt is in, in hexadecimal; null where nobody recorded one.</summary>
    [JsonInclude]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal string? TraceId { get; init; }

    /// <summary>How many operations are told apart; further ones count as one.</summary>
    internal const int MaxOperations = 100;

    /// <summary>How many characters of an operation's name are kept.</summary>
    internal const int MaxOperationChars = 64;

    /// <summary>Nothing was kept.</summary>
    public static RunEvidence None { get; } = new([], 0, new Dictionary<string, int>());
}

/// <summary>One line that a guest logged.</summary>
/// <param name="At">When.</param>
/// <param name="Level"><c>info</c>, <c>warn</c> or <c>error</c>; <c>stdout</c> or <c>stderr</c> for what it printed.</param>
/// <param name="Message">Its text, possibly cut.</param>
public sealed record GuestLogLine(DateTimeOffset At, string Level, string Message);
