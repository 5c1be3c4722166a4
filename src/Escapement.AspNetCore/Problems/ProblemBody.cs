using System.Text.Json.Serialization;

namespace Escapement.AspNetCore.Problems;

/// <summary>An error as it is sent: problem details (RFC 9457) with a message for each field to blame.</summary>
internal sealed record ProblemBody
{
    public required string Type { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    /// <summary>What happened this time, for people.</summary>
    public required string Detail { get; init; }

    /// <summary>Field to message, in the contract's words; empty when no field is to blame.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    /// <summary>Each problem with its code, where one field can have several: bundles and manifests.</summary>
    public IReadOnlyList<Problem>? Problems { get; init; }

    /// <summary>The open run that stands in the way of a run-now.</summary>
    public string? RunId { get; init; }

    /// <summary>Why an extension gave no answer, in the run ledger's words.</summary>
    public string? Reason { get; init; }

    /// <summary>The gateway call that failed.</summary>
    public string? RequestId { get; init; }

    /// <summary>Where whoever may read the install's runs finds the call's log lines and error; absent when they were not kept.</summary>
    public string? Log { get; init; }

    /// <summary>The fields that are not as the caller saw them, of a change that <c>If-Match</c> held off.</summary>
    public IReadOnlyList<string>? Changed { get; init; }

    /// <summary>The thing as it is, of such a change.</summary>
    public object? Current { get; init; }

    /// <summary>The fields that are not as a change left them, of one that cannot be taken back for that: each with then and now.</summary>
    public IReadOnlyList<object>? Differences { get; init; }

    /// <summary>Finds the failure in the host's log.</summary>
    public string? TraceId { get; init; }

    [JsonIgnore]
    public TimeSpan? RetryAfter { get; init; }

    [JsonIgnore]
    public IReadOnlyList<string>? Allow { get; init; }
}
