using Escapement.Extensions;
using Escapement.Scheduling;

namespace Escapement.Installs;

/// <summary>What an upgrade would do, said before it is done.</summary>
internal sealed record UpgradePreview
{
    /// <summary>How many days of occurrences it looks ahead.</summary>
    public const int Days = 7;

    private const int FirstOccurrences = 5;

    /// <summary>What committing it does.</summary>
    public required UpgradePlan Plan { get; init; }

    /// <summary>The version that is installed.</summary>
    public required ExtensionVersion From { get; init; }

    /// <summary>The version that it would be of.</summary>
    public required ExtensionVersion To { get; init; }

    /// <summary>What the new version asks for and nobody was asked about yet.</summary>
    public required IReadOnlyList<string> NewCapabilities { get; init; }

    /// <summary>What the new version declares no more.</summary>
    public required IReadOnlyList<string> GoneCapabilities { get; init; }

    /// <summary>What would be granted, unless the commit says otherwise.</summary>
    public required IReadOnlyList<string> KeptGrants { get; init; }

    /// <summary>The schedules, oldest first.</summary>
    public required IReadOnlyList<ScheduleForecast> Schedules { get; init; }

    /// <summary>Whether every schedule that could be called before can be called after.</summary>
    public bool CanCommit => Schedules.All(s => s.Fate != ScheduleFate.Lost);

    internal static UpgradePreview Of(UpgradeRules rules, Install install, IReadOnlyList<Schedule> schedules, DateTimeOffset now) => new()
    {
        Plan = rules.Plan,
        From = rules.From,
        To = rules.To,
        NewCapabilities = rules.NewCapabilities,
        GoneCapabilities = rules.GoneCapabilities,
        KeptGrants = [.. rules.KeptGrants(install).Order(StringComparer.Ordinal)],
        Schedules = [.. schedules.Select(s => Forecast(s, rules.FateOf(s.Endpoint), install, now))],
    };

    // Of what would fire as things stand: not what is disabled or paused.
    private static ScheduleForecast Forecast(Schedule schedule, ScheduleFate fate, Install install, DateTimeOffset now)
    {
        var fires = install.Enabled && schedule is { Enabled: true, Pause: null, NextDueAt: not null } && fate is ScheduleFate.Follows;
        if (!fires || OccurrenceCalendar.Find(schedule.Cron, schedule.TimeZone, out _) is not { } calendar)
        {
            return new ScheduleForecast(schedule, fate, 0, []);
        }

        var first = new List<DateTimeOffset>(FirstOccurrences);
        var (from, end) = (schedule.NextDueAt!.Value, now.AddDays(Days));
        for (DateTimeOffset? at = from; at < end && first.Count < FirstOccurrences; at = calendar.Next(at.Value))
        {
            first.Add(at.Value);
        }

        return new ScheduleForecast(schedule, fate, calendar.Count(from, end), first);
    }
}

/// <summary>What becomes of one schedule in an upgrade, and when it would fire.</summary>
/// <param name="Schedule">As it is.</param>
/// <param name="Fate">What becomes of it.</param>
/// <param name="Count">How often it is due in the next <see cref="UpgradePreview.Days"/> days.</param>
/// <param name="First">The first of these times.</param>
internal sealed record ScheduleForecast(Schedule Schedule, ScheduleFate Fate, int Count, IReadOnlyList<DateTimeOffset> First);
