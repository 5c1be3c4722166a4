namespace Escapement.Installs;

/// <summary>
/// An upgrade as it was previewed: what is to be done, and all that its preview went by. What is committed is exactly this, or nothing.
/// </summary>
internal sealed record UpgradePlan
{
    /// <summary>The install.</summary>
    public required InstallScope Scope { get; init; }

    /// <summary>Whether it goes back to the version before the last upgrade.</summary>
    public required bool RollsBack { get; init; }

    /// <summary>The version that was installed.</summary>
    public required VersionId From { get; init; }

    /// <summary>The version that it is to be of.</summary>
    public required VersionId To { get; init; }

    /// <summary>What was granted, in order.</summary>
    public required IReadOnlyList<string> Granted { get; init; }

    /// <summary>Its schedules, with their revisions.</summary>
    public required IReadOnlyDictionary<ScheduleId, long> Schedules { get; init; }
}
