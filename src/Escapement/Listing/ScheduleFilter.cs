using Escapement.Extensions;
using Escapement.Scheduling;

namespace Escapement.Listing;

/// <summary>Which schedules of a list are wanted; null for all.</summary>
internal sealed record ScheduleFilter
{
    /// <summary>From so many characters on a search finds any part of a name or endpoint; below that only how a label begins.</summary>
    public const int AnyPartFrom = 3;

    /// <summary>The longest search, in characters.</summary>
    public const int MaxText = 128;

    /// <summary>Whether their extensions or admins have enabled them.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Whether a pause holds them, and which.</summary>
    public PausedFilter? Paused { get; init; }

    /// <summary>Whether their last runs failed.</summary>
    public bool? Failing { get; init; }

    /// <summary>Of which extension.</summary>
    public string? Extension { get; init; }

    /// <summary>Which of a tenant's.</summary>
    public IReadOnlyCollection<ScheduleId>? Ids { get; init; }

    /// <summary>With which expression, as it stands.</summary>
    public string? Cron { get; init; }

    /// <summary>In which time zone.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Which endpoint they call.</summary>
    public EndpointKey? Endpoint { get; init; }

    /// <summary>Which start by then.</summary>
    public DateTimeOffset? DueBy { get; init; }

    /// <summary>What is looked for, in small letters.</summary>
    public string? Text { get; init; }

    /// <summary>Whether it lets all of them through.</summary>
    public bool IsNone => this == None;

    private static ScheduleFilter None { get; } = new();

    /// <summary>The layer of a filter that names one.</summary>
    public static PauseLayer? LayerOf(PausedFilter wanted) => wanted switch
    {
        PausedFilter.ByHost => PauseLayer.Host,
        PausedFilter.ByTenant => PauseLayer.Tenant,
        PausedFilter.ByInstall => PauseLayer.Install,
        PausedFilter.ByItself => PauseLayer.Schedule,
        _ => null,
    };

    public bool Matches(ListedSchedule listed)
    {
        var s = listed.Schedule;
        return (Enabled is not { } enabled || s.Enabled == enabled)
            && (Paused is not { } paused || IsPaused(listed.Pauses, paused))
            && (Failing is not { } failing || (s.FailuresInARow > 0) == failing)
            && (Extension is null || listed.ExtensionId == Extension)
            && (Ids is null || Ids.Contains(s.Id))
            && (Cron is null || s.Cron == Cron)
            && (TimeZone is null || s.TimeZone == TimeZone)
            && (Endpoint is not { } endpoint || s.Endpoint == endpoint)
            && (DueBy is not { } by || (listed.StartsAt <= by && listed.Pauses.Count == 0))
            && (Text is null || Finds(ScheduleText.Of(s)));
    }

    private static bool IsPaused(IReadOnlyList<Pause> pauses, PausedFilter wanted) => wanted switch
    {
        PausedFilter.Not => pauses.Count == 0,
        PausedFilter.Any => pauses.Count > 0,
        _ => pauses.Any(p => p.Layer == LayerOf(wanted)),
    };

    private bool Finds(ScheduleText text) => Text!.Length < AnyPartFrom
        ? text.Label.StartsWith(Text, StringComparison.Ordinal)
        : text.Content.Contains(Text, StringComparison.Ordinal);
}

/// <summary>Which pauses somebody asks for.</summary>
internal enum PausedFilter
{
    /// <summary>No pause.</summary>
    Not = 0,

    /// <summary>Any.</summary>
    Any = 1,

    /// <summary>One of the host.</summary>
    ByHost = 2,

    /// <summary>One of the tenant.</summary>
    ByTenant = 3,

    /// <summary>One of the install.</summary>
    ByInstall = 4,

    /// <summary>One of its own.</summary>
    ByItself = 5,
}
