using Escapement.Pausing;

namespace Escapement.AspNetCore.Api.Pauses;

/// <summary>What resuming would do now.</summary>
/// <param name="Schedules">Schedules that came due under the pause.</param>
/// <param name="StayPaused">How many of them another pause would hold still.</param>
/// <param name="Skipped">How many occurrences would not run.</param>
/// <param name="Runs">How many would.</param>
internal sealed record ResumePreviewJson(int Schedules, int StayPaused, long Skipped, long Runs)
{
    public static ResumePreviewJson Of(ResumePreview preview) => new(preview.Held, preview.StayHeld, preview.Skipped, preview.Runs);
}
