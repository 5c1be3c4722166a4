using Escapement.Installs;
using Escapement.Previews;

namespace Escapement.AspNetCore.Api.Installs;

/// <summary>Which upgrade is to be shown.</summary>
/// <param name="Version">The version, newer or older; absent for the one published last.</param>
internal sealed record UpgradePreviewRequest(string? Version = null);

/// <summary>Which upgrade is to be done.</summary>
/// <param name="PreviewToken">Of the preview that showed it.</param>
/// <param name="Capabilities">
/// All that is to be granted from then on; absent, what was granted stays. Needed when the version asks for what the one before did not.
/// </param>
/// <param name="Hold">Whether schedules that lose their endpoint are held until a version brings it back; absent or false refuses.</param>
internal sealed record UpgradeRequest(string? PreviewToken = null, IReadOnlyList<string?>? Capabilities = null, bool Hold = false)
{
    public UpgradeConsent ToConsent() => new(Capabilities?.Select(c => c!).ToList(), Hold);
}

/// <summary>What an upgrade's preview keeps besides the schedules.</summary>
internal sealed record PlannedUpgrade(bool RollsBack, Guid From, Guid To, IReadOnlyList<string> Granted)
{
    public static PlannedUpgrade Of(UpgradePlan plan) =>
        new(plan.RollsBack, plan.From.Value, plan.To.Value, plan.Granted);

    public UpgradePlan ToPlan(InstallScope scope, IReadOnlyList<PreviewedThing> schedules) => new()
    {
        Scope = scope,
        RollsBack = RollsBack,
        From = new VersionId(From),
        To = new VersionId(To),
        Granted = Granted,
        Schedules = schedules.ToDictionary(s => new ScheduleId(s.Id), s => s.Revision),
    };
}
