using Escapement.Scheduling;

namespace Escapement.Pausing;

/// <summary>What the end of a pause would do now.</summary>
/// <param name="Held">Schedules that came due under it.</param>
/// <param name="StayHeld">How many of them another pause would hold still.</param>
/// <param name="Skipped">How many occurrences would not run.</param>
/// <param name="Runs">How many would.</param>
public sealed record ResumePreview(int Held, int StayHeld, long Skipped, long Runs)
{
    internal static ResumePreview Nothing { get; } = new(0, 0, 0, 0);

    /// <summary>With one schedule more.</summary>
    /// <param name="schedule">A schedule that the pause holds.</param>
    /// <param name="others">The pauses over it without the one that ends.</param>
    /// <param name="release">How that ends.</param>
    /// <param name="hostsWindow">The host's catch-up window.</param>
    internal ResumePreview With(Schedule schedule, IEnumerable<Pause> others, PauseRelease release, TimeSpan hostsWindow)
    {
        if (others.Any(p => p.HoldsAt(release.At)))
        {
            return this with { Held = Held + 1, StayHeld = StayHeld + 1 };
        }

        if (HeldStretch.Of(schedule, release.At) is not { } stretch)
        {
            return this;
        }

        var calendar = OccurrenceCalendar.For(schedule.Cron, schedule.TimeZone);
        var (skipped, taken) = HeldStretch.Divide(stretch, release, calendar, schedule.Policy, hostsWindow);
        return this with { Held = Held + 1, Skipped = Skipped + (skipped?.Count ?? 0), Runs = Runs + (taken?.Count ?? 0) };
    }
}
