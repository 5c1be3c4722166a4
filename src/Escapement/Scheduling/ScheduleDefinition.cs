namespace Escapement.Scheduling;

/// <summary>
/// When a schedule was due, as it was for a while: its cron and zone, and whether it was due at all. Written by the change that made it so; kept as
/// long as runs are.
/// </summary>
public sealed record ScheduleDefinition
{
    /// <summary>The expression.</summary>
    public required string Cron { get; init; }

    /// <summary>The zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Whether it was due, and if not, why not.</summary>
    public required DefinitionState State { get; init; }

    /// <summary>From when on: the first occurrence is later than that.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Up to when, the instant included: what was due then is not the next definition's. Null for the one in force.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Who made it so.</summary>
    public required string By { get; init; }

    /// <summary>In which window behind their due times its occurrences started; counts only of what was due.</summary>
    internal TimeSpan Spread { get; init; }

    /// <summary>Its place among its schedule's.</summary>
    internal int Number { get; init; }

    /// <summary>Whether its occurrences are those of another; it may start them at other times.</summary>
    internal bool HasTimesOf(ScheduleDefinition? other) => (Cron, TimeZone) == (other?.Cron, other?.TimeZone);
}

/// <summary>Whether a schedule was due.</summary>
public enum DefinitionState
{
    /// <summary>It was.</summary>
    Due = 0,

    /// <summary>It was disabled, by its extension or an admin.</summary>
    Disabled = 1,

    /// <summary>Its install was disabled.</summary>
    InstallDisabled = 2,

    /// <summary>It was deleted.</summary>
    Deleted = 3,

    /// <summary>Its extension was uninstalled.</summary>
    Uninstalled = 4,

    /// <summary>The host could not work out when it was due, and disabled it.</summary>
    Unplannable = 5,
}

/// <summary>The rules of definitions.</summary>
internal static class ScheduleDefinitions
{
    /// <summary>What a schedule is from now on that was created, changed or brought back.</summary>
    public static DefinitionState StateOf(Schedule schedule, bool installEnabled) =>
        !schedule.Enabled ? DefinitionState.Disabled : installEnabled ? DefinitionState.Due : DefinitionState.InstallDisabled;

    /// <summary>What a schedule is from now on that was enabled, and whose install is enabled again.</summary>
    /// <param name="after">As it goes on: disabled, if it cannot be planned any more.</param>
    public static DefinitionState Resumed(Schedule after) => after.Enabled ? DefinitionState.Due : DefinitionState.Unplannable;
}
