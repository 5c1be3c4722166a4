using Escapement.Extensions;
using Escapement.Scheduling;

namespace Escapement.Installs;

/// <summary>What an upgrade would do, said before it is done.</summary>
internal sealed record UpgradePreview
{
    /// <summary>How many days of occurrences it looks ahead.</summary>
    public const int Days = 7;

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

    /// <summary>What going back would grant again: the version that it goes back to had it, and the installed one does not.</summary>
    public required IReadOnlyList<string> ReturningGrants { get; init; }

    /// <summary>What would be granted, what returns too, unless the commit says otherwise.</summary>
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
        ReturningGrants = rules.ReturningGrants(install),
        KeptGrants = [.. rules.KeptGrants(install).Order(StringComparer.Ordinal)],
        Schedules = [.. schedules.Select(s => ScheduleForecast.Of(s, rules.FateOf(s.Endpoint), install.Enabled, now))],
    };
}

/// <summary>What becomes of one schedule in an upgrade, and when it would fire.</summary>
/// <param name="Schedule">As it is.</param>
/// <param name="Fate">What becomes of it.</param>
/// <param name="Count">How often it would fire in the next <see cref="UpgradePreview.Days"/> days, if no pause above it were in the way.</param>
/// <param name="First">The first of these times.</param>
internal sealed record ScheduleForecast(Schedule Schedule, ScheduleFate Fate, int Count, IReadOnlyList<DateTimeOffset> First)
{
    private const int MostShown = 5;

    internal static ScheduleForecast Of(Schedule schedule, ScheduleFate fate, bool installEnabled, DateTimeOffset now)
    {
        var calendar = OccurrenceCalendar.Find(schedule.Cron, schedule.TimeZone, out _)?.Without(Skips.Counting(schedule.Skips));
        var next = Fires(schedule, fate, now) && installEnabled ? Next(schedule, fate, calendar, now) : null;
        if (next is not { } from)
        {
            return new ScheduleForecast(schedule, fate, 0, []);
        }

        var first = new List<DateTimeOffset>(MostShown);
        var end = now.AddDays(UpgradePreview.Days);
        for (DateTimeOffset? at = from; at < end && first.Count < MostShown; at = calendar!.Next(at.Value))
        {
            first.Add(at.Value);
        }

        return new ScheduleForecast(schedule, fate, calendar!.Count(from, end), first);
    }

    // What the host holds because its endpoint is gone goes on when it returns; other pauses of its own stay.
    private static bool Fires(Schedule schedule, ScheduleFate fate, DateTimeOffset now) => schedule.Enabled && fate switch
    {
        ScheduleFate.Follows => schedule.Pause?.HoldsAt(now) != true,
        ScheduleFate.Returns => schedule.Pause is null or { Cause: PauseCause.EndpointGone } || !schedule.Pause.HoldsAt(now),
        _ => false,
    };

    private static DateTimeOffset? Next(Schedule schedule, ScheduleFate fate, OccurrenceCalendar? calendar, DateTimeOffset now) =>
        fate == ScheduleFate.Returns ? calendar?.Next(now) : calendar is null ? null : schedule.NextToRunAt;
}
