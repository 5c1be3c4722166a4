using System.Globalization;
using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>
/// Says instants on the clocks of a schedule's zone, around the one that is asked about, in the order of a sentence: the day is named
/// where it is another than that of the instant that was said before.
/// </summary>
internal sealed class LocalClock
{
    private readonly TimeZoneInfo zone;
    private readonly string place;
    private readonly DateTimeOffset at;
    private readonly int year;
    private DateTime said;

    /// <param name="timeZone">The schedule's zone; of one that is not known here, UTC is said.</param>
    /// <param name="at">The instant that is asked about.</param>
    /// <param name="now">Now: the year is said of other years.</param>
    public LocalClock(string timeZone, DateTimeOffset at, DateTimeOffset now)
    {
        var known = TimeZones.Find(timeZone);
        zone = known ?? TimeZoneInfo.Utc;
        place = NameOf(known is null ? TimeZones.Default : timeZone);
        this.at = Local(at);
        year = Local(now).Year;
        Begin();
    }

    /// <summary>Begins a sentence, by which the day of the instant that is asked about is known.</summary>
    public void Begin() => said = at.Date;

    /// <summary>Begins a sentence with the instant that is asked about: <c>09:00 on Monday 2 March (New York)</c>.</summary>
    public string Full()
    {
        Begin();
        return $"{Clock(at)} on {Day(at)} ({place})";
    }

    /// <summary>Another: <c>08:30</c> of the day that was said before, <c>18:00 on Sunday 1 March</c> of another.</summary>
    public string Near(DateTimeOffset other)
    {
        var local = Local(other);
        var known = local.Date == said;
        said = local.Date;
        return known ? Clock(local) : $"{Clock(local)} on {Day(local)}";
    }

    /// <summary>How long: <c>1 hour and 5 minutes</c>.</summary>
    public static string Lasting(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => Some((int)time.TotalSeconds, "second"),
        { TotalHours: < 1 } => Some((int)time.TotalMinutes, "minute"),
        { TotalDays: < 1 } => Two((int)time.TotalHours, "hour", time.Minutes, "minute"),
        _ => Two((int)time.TotalDays, "day", time.Hours, "hour"),
    };

    /// <summary>A zone as people say it: <c>New York</c>.</summary>
    public static string NameOf(string timeZone) => timeZone[(timeZone.LastIndexOf('/') + 1)..].Replace('_', ' ');

    private DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone);

    private string Day(DateTimeOffset local) =>
        local.ToString(local.Year == year ? "dddd d MMMM" : "dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    // A time that the clocks show twice has its offset with it.
    private string Clock(DateTimeOffset local)
    {
        var clock = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        return IsShownTwice(local) ? $"{clock} (UTC{local.ToString(local.Offset.Minutes == 0 ? "%z" : "zzz", CultureInfo.InvariantCulture)})" : clock;
    }

    // Offsets for UTC instants are what the platform gets right for every zone.
    private bool IsShownTwice(DateTimeOffset local)
    {
        // In the first and last days of the calendar, where there is no day before or after, no clocks change.
        if (local.Ticks < TimeSpan.TicksPerDay * 3 || local.Ticks > DateTime.MaxValue.Ticks - (TimeSpan.TicksPerDay * 3))
        {
            return false;
        }

        bool Also(TimeSpan offset) => offset != local.Offset && zone.GetUtcOffset(new DateTimeOffset(local.DateTime, offset).UtcDateTime) == offset;
        return Also(zone.GetUtcOffset(local.UtcDateTime.AddDays(-1))) || Also(zone.GetUtcOffset(local.UtcDateTime.AddDays(1)));
    }

    private static string Two(int large, string ofLarge, int small, string ofSmall) =>
        small == 0 ? Some(large, ofLarge) : $"{Some(large, ofLarge)} and {Some(small, ofSmall)}";

    private static string Some(int count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
}
