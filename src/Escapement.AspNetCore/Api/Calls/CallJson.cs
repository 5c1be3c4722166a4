using Escapement.AspNetCore.Api.Runs;
using Escapement.Calls;
using Escapement.Runs;

namespace Escapement.AspNetCore.Api.Calls;

/// <summary>A gateway call that failed, or of whose answer a part was left out.</summary>
internal sealed record CallJson
{
    /// <summary>As the answer's <c>x-request-id</c> said.</summary>
    public required string RequestId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Method { get; init; }

    /// <summary>Without its query.</summary>
    public required string Path { get; init; }

    public required string VersionId { get; init; }

    /// <summary>The status that the extension answered with; absent when it gave no answer.</summary>
    public int? Status { get; init; }

    /// <summary>Why it gave none, as a stable word; the same as of runs.</summary>
    public string? Reason { get; init; }

    public string? Error { get; init; }

    /// <summary>How long the extension ran.</summary>
    public required long DurationMs { get; init; }

    /// <summary>What the sandbox kept; only when one call is asked for.</summary>
    public EvidenceJson? Evidence { get; init; }

    public static CallJson Of(KeptCall c) => new()
    {
        RequestId = c.Id.ToString(),
        At = c.At,
        Method = c.Method,
        Path = c.Path,
        VersionId = c.Version.ToString(),
        Status = c.Status,
        Reason = RunExplanation.Word(c.Reason),
        Error = c.Error,
        DurationMs = (long)c.Duration.TotalMilliseconds,
    };

    public static CallJson WithEvidence(KeptCall c) => Of(c) with { Evidence = EvidenceJson.Of(c.Evidence) };
}
