using System.Diagnostics.CodeAnalysis;
using Escapement.Pausing;

namespace Escapement.AspNetCore.Api.Pauses;

/// <summary>What resuming would do now.</summary>
internal record ResumePreviewJson
{
    private const int MostEach = 100;

    /// <summary>Schedules that came due under the pause.</summary>
    public required int Schedules { get; init; }

    /// <summary>How many of them another pause would hold still.</summary>
    public required int StayPaused { get; init; }

    /// <summary>How many occurrences would not run.</summary>
    public required long Skipped { get; init; }

    /// <summary>How many would.</summary>
    public required long Runs { get; init; }

    /// <summary>The first hundred of the schedules, each by itself.</summary>
    public required IReadOnlyList<HeldScheduleJson> Each { get; init; }

    public static ResumePreviewJson Of(ResumePreview preview) => new()
    {
        Schedules = preview.Held,
        StayPaused = preview.StayHeld,
        Skipped = preview.Skipped,
        Runs = preview.Runs,
        Each = [.. preview.Each.Take(MostEach).Select(h => new HeldScheduleJson(h.Schedule.ToString(), h.StaysHeld, h.Skipped, h.Runs))],
    };
}

/// <summary>What resuming would do to one schedule.</summary>
/// <param name="ScheduleId">The schedule.</param>
/// <param name="StaysPaused">Whether another pause would hold it still.</param>
/// <param name="Skipped">How many occurrences would not run.</param>
/// <param name="Runs">How many would.</param>
internal sealed record HeldScheduleJson(string ScheduleId, bool StaysPaused, int Skipped, int Runs);

/// <summary>The same, as it can be committed.</summary>
internal sealed record ShownResumeJson : ResumePreviewJson
{
    [SetsRequiredMembers]
    private ShownResumeJson(ResumePreviewJson shown, PreviewJson kept)
        : base(shown)
    {
        Token = kept.Token;
        ExpiresAt = kept.ExpiresAt;
    }

    /// <summary>Give it back as <c>previewToken</c>, once; nobody else can.</summary>
    public required string Token { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public static ShownResumeJson Of(ResumePreview preview, PreviewJson kept) => new(ResumePreviewJson.Of(preview), kept);
}

/// <summary>What is to be resumed.</summary>
internal sealed record ResumeRequest
{
    /// <summary>Of the preview that showed it: exactly that is done. Absent, the pause ends as <c>onEnd</c> says.</summary>
    public string? PreviewToken { get; init; }
}

/// <summary>What was resumed as it was shown.</summary>
/// <param name="ChangedSince">
/// Schedules that were changed since they were shown, or came due since: nothing of what the pause kept runs of them. 10,000 at most.
/// </param>
internal sealed record ResumedJson(IReadOnlyList<string> ChangedSince);
