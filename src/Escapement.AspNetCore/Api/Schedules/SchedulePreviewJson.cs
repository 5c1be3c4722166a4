using Escapement.Foresight;
using Escapement.Scheduling;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>What an expression and a zone would mean.</summary>
internal sealed record SchedulePreviewJson
{
    private const int Listed = 20;

    /// <summary>
    /// <c>ok</c>, or what is wrong with the expression: <c>too-long</c>, <c>field-count</c>, <c>characters</c>, <c>dom-and-dow</c>, <c>syntax</c>,
    /// <c>never</c>, <c>too-frequent</c>.
    /// </summary>
    public required string Verdict { get; init; }

    /// <summary>Field to message, as a change would be refused with; empty when nothing is wrong.</summary>
    public required IReadOnlyDictionary<string, string> Errors { get; init; }

    /// <summary>The zone in its canonical spelling; absent when it is wrong.</summary>
    public string? Timezone { get; init; }

    /// <summary>The expression in words; absent when it cannot be read.</summary>
    public string? Words { get; init; }

    /// <summary>The next ten.</summary>
    public required IReadOnlyList<OccurrenceJson> Occurrences { get; init; }

    /// <summary>The first after those, of each change of the clocks within a year, whose time they skip or show twice; none of what keeps its rhythm.</summary>
    public required IReadOnlyList<TouchedJson> TouchedLater { get; init; }

    /// <summary>What it would change of the schedule; absent without one.</summary>
    public DifferenceJson? Difference { get; init; }

    /// <summary>How many other schedules of the tenant fire in the minute of the first, and the nearest quiet one; absent when there is none.</summary>
    public CrowdJson? Crowd { get; init; }

    public static SchedulePreviewJson Of(Foreseen foreseen, string? timezone)
    {
        var errors = new Dictionary<string, string>();
        if (foreseen.Check.Message is { } wrong)
        {
            errors["cron"] = wrong;
        }

        if (foreseen.TimeZone is null)
        {
            errors["timezone"] = ScheduleMessages.UnknownTimeZone(timezone ?? "");
        }

        return new()
        {
            Verdict = WordOf(foreseen.Check.Verdict),
            Errors = errors,
            Timezone = foreseen.TimeZone,
            Words = foreseen.Words,
            Occurrences = [.. foreseen.Occurrences.Select(OccurrenceJson.Of)],
            TouchedLater = [.. foreseen.TouchedLater.Select(later => new TouchedJson(later.At, later.Note!))],
            Difference = foreseen.Difference is { } difference ? DifferenceJson.Of(difference, Listed) : null,
            Crowd = foreseen.Crowd is { } crowd ? new CrowdJson(crowd.At, crowd.Others, crowd.Quiet, crowd.InQuiet) : null,
        };
    }

    private static string WordOf(CronVerdict verdict) => verdict switch
    {
        CronVerdict.Ok => "ok",
        CronVerdict.TooLong => "too-long",
        CronVerdict.FieldCount => "field-count",
        CronVerdict.Characters => "characters",
        CronVerdict.DayOfMonthAndDayOfWeek => "dom-and-dow",
        CronVerdict.Syntax => "syntax",
        CronVerdict.Never => "never",
        CronVerdict.TooFrequent => "too-frequent",
        var unknown => throw new InvalidOperationException($"A verdict that nobody knows: {unknown}"),
    };
}

/// <summary>An occurrence to come.</summary>
/// <param name="At">The instant.</param>
/// <param name="Local">What the zone's clocks show, with their offset.</param>
/// <param name="OffsetChanged">Whether the offset is another than at the occurrence before.</param>
/// <param name="Note">What the clocks do to it: a time that they skip, or show twice; absent for nothing.</param>
/// <param name="Others">How many other schedules of the tenant fire in its minute.</param>
internal sealed record OccurrenceJson(DateTimeOffset At, string Local, bool OffsetChanged, string? Note, int Others)
{
    public static OccurrenceJson Of(ForeseenOccurrence foreseen) => new(
        foreseen.At,
        foreseen.At.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture),
        foreseen.OffsetChanged,
        foreseen.Note,
        foreseen.Others);
}

/// <summary>An occurrence to which the clocks do something.</summary>
/// <param name="At">The instant.</param>
/// <param name="Note">What they do to it.</param>
internal sealed record TouchedJson(DateTimeOffset At, string Note);

/// <summary>What a change of times does in the next 30 days, the last one whole.</summary>
/// <param name="Added">How many occurrences come that there were not.</param>
/// <param name="Lost">How many go.</param>
/// <param name="Moved">How many come at another time of the same day.</param>
/// <param name="FirstAdded">The first of those that come.</param>
/// <param name="FirstLost">The first of those that go.</param>
/// <param name="FirstMoved">The first of those that come at another time.</param>
internal sealed record DifferenceJson(
    int Added, int Lost, int Moved, IReadOnlyList<DateTimeOffset> FirstAdded, IReadOnlyList<DateTimeOffset> FirstLost, IReadOnlyList<MoveJson> FirstMoved)
{
    public static DifferenceJson Of(TimesDifference difference, int listed) => new(
        difference.Added.Count,
        difference.Lost.Count,
        difference.Moved.Count,
        [.. difference.Added.Take(listed)],
        [.. difference.Lost.Take(listed)],
        [.. difference.Moved.Take(listed).Select(m => new MoveJson(m.From, m.To))]);
}

/// <summary>An occurrence that comes at another time.</summary>
internal sealed record MoveJson(DateTimeOffset From, DateTimeOffset To);

/// <summary>How full a minute is.</summary>
/// <param name="At">The minute.</param>
/// <param name="Others">How many other schedules of the tenant fire in it.</param>
/// <param name="Quiet">The nearest minute, within half an hour, in which the fewest fire; absent if that is this one.</param>
/// <param name="InQuiet">How many fire in that.</param>
internal sealed record CrowdJson(DateTimeOffset At, int Others, DateTimeOffset? Quiet, int InQuiet);
