namespace Escapement.Runs;

/// <summary>An attempt that ended without ending its run.</summary>
/// <param name="Attempt">Which, from 1.</param>
/// <param name="StartedAt">When it started; null when it was lost before.</param>
/// <param name="EndedAt">When it failed, or was found to be lost.</param>
/// <param name="Reason">Why.</param>
/// <param name="Node">Where.</param>
/// <param name="Error">What went wrong.</param>
public sealed record EndedAttempt(int Attempt, DateTimeOffset? StartedAt, DateTimeOffset EndedAt, RunReason Reason, string? Node, string? Error)
{
    /// <summary>The version that it ran; null when it never reached the sandbox or was lost.</summary>
    public VersionId? Version { get; init; }

    /// <summary>The trace that it is in, in hexadecimal; null where nobody recorded one.</summary>
    internal string? TraceId { get; init; }
}
