using Escapement.Scheduling;

namespace Escapement.Pausing;

/// <summary>What the end of a pause would do now.</summary>
/// <param name="Held">Schedules that came due under it.</param>
/// <param name="StayHeld">How many of them another pause would hold still.</param>
/// <param name="Skipped">How many occurrences would not run.</param>
/// <param name="Runs">How many would.</param>
public sealed record ResumePreview(int Held, int StayHeld, long Skipped, long Runs)
{
    /// <summary>How many schedules it is kept of what would become of them each.</summary>
    internal const int MostEach = 10_000;

    internal static ResumePreview Nothing { get; } = new(0, 0, 0, 0);

    /// <summary>The pause that would end; its id.</summary>
    internal Guid Pause { get; init; }

    /// <summary>As of when.</summary>
    internal DateTimeOffset At { get; init; }

    /// <summary>What becomes of what it kept from starting.</summary>
    internal PauseEnd OnEnd { get; init; }

    /// <summary>The first of the schedules, each by itself.</summary>
    internal List<ResumedSchedule> Each { get; init; } = [];

    /// <summary>Nothing yet, of the end of a pause.</summary>
    internal static ResumePreview Of(PauseRelease release) => Nothing with { Pause = release.By.Id, At = release.At, OnEnd = release.OnEnd, Each = [] };

    /// <summary>With one schedule more.</summary>
    /// <param name="schedule">A schedule that the pause holds.</param>
    /// <param name="others">The pauses over it without the one that ends.</param>
    /// <param name="release">How that ends.</param>
    /// <param name="hostsWindow">The host's catch-up window.</param>
    internal ResumePreview With(Schedule schedule, IEnumerable<Pause> others, PauseRelease release, TimeSpan hostsWindow)
    {
        if (others.Any(p => p.HoldsAt(release.At)))
        {
            return Adding(new ResumedSchedule(schedule.Id, schedule.Revision, StaysHeld: true, 0, 0));
        }

        if (HeldStretch.Of(schedule, release.At) is not { } stretch)
        {
            return this;
        }

        var calendar = OccurrenceCalendar.For(schedule.Cron, schedule.TimeZone);
        var place = StartTime.PlaceOf(schedule);
        var (skipped, taken) = HeldStretch.Divide(stretch, release, calendar, schedule.Policy, hostsWindow, place);
        return Adding(new ResumedSchedule(schedule.Id, schedule.Revision, StaysHeld: false, skipped?.Count ?? 0, taken?.Count ?? 0));
    }

    private ResumePreview Adding(ResumedSchedule held)
    {
        if (Each.Count < MostEach)
        {
            Each.Add(held);
        }

        return this with { Held = Held + 1, StayHeld = StayHeld + (held.StaysHeld ? 1 : 0), Skipped = Skipped + held.Skipped, Runs = Runs + held.Runs };
    }
}

/// <summary>A schedule that a pause holds, and what its end would do to it.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="StaysHeld">Whether another pause would hold it still.</param>
/// <param name="Skipped">How many occurrences would not run.</param>
/// <param name="Runs">How many would.</param>
internal sealed record ResumedSchedule(ScheduleId Schedule, long Revision, bool StaysHeld, int Skipped, int Runs);
