using Escapement.Runs;

namespace Escapement.Calls;

/// <summary>A gateway call that failed, or of whose answer a part was left out: what its author is told afterwards.</summary>
internal sealed record KeptCall
{
    /// <summary>The request's id, as <c>x-request-id</c> says it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The tenant and install that were called.</summary>
    public required InstallScope Scope { get; init; }

    /// <summary>When the call came.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The version that was called.</summary>
    public required VersionId Version { get; init; }

    /// <summary>Upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The path without its query, which may hold secrets; cut at 1,000 characters.</summary>
    public required string Path { get; init; }

    /// <summary>The guest's status; null when it gave no answer.</summary>
    public int? Status { get; init; }

    /// <summary>Why there was no answer; <see cref="RunReason.None"/> when there was one.</summary>
    public RunReason Reason { get; init; }

    /// <summary>What happened, for people; null when the guest answered.</summary>
    public string? Error { get; init; }

    /// <summary>Whether the caller got no answer, or one that says that the extension failed: status 500 or above.</summary>
    public bool Failed => Error is not null || Status is not < 500;

    /// <summary>How long the guest ran.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Log lines and host calls.</summary>
    public RunEvidence Evidence { get; init; } = RunEvidence.None;
}
