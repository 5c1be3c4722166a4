using System.Globalization;
using Escapement.Forecasting;

namespace Escapement.AspNetCore.Api.Forecasts;

/// <summary>Occurrences to come, step by step, and what the host can carry.</summary>
internal sealed record ForecastJson
{
    /// <summary>The beginning of the first step.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The end of the last.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>How long a step is: <c>minute</c> or <c>hour</c>.</summary>
    public required string By { get; init; }

    /// <summary>When it was made, up to a minute ago. What was due before is not in it.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>How many enabled schedules it is made of.</summary>
    public required int Schedules { get; init; }

    /// <summary>Runs that all nodes that are up carry out at once.</summary>
    public required int Slots { get; init; }

    /// <summary>How long their last 1,000 runs each took in the mean, in milliseconds; absent until one has run.</summary>
    public long? MeanRunMs { get; init; }

    /// <summary>Of how many runs that is, of all nodes that are up; absent until one has run.</summary>
    public int? MeanRunOf { get; init; }

    /// <summary>How many runs of that length the slots carry in one step, all tenants' together; absent until one has run.</summary>
    public long? Capacity { get; init; }

    /// <summary>Every step, also those in which nothing is due.</summary>
    public required IReadOnlyList<ForecastBucketJson> Buckets { get; init; }

    public static ForecastJson Of(Forecast f) => new()
    {
        From = f.Query.From,
        To = f.Query.To,
        By = f.Query.By == ForecastStep.Minute ? "minute" : "hour",
        MadeAt = f.MadeAt,
        Schedules = f.Schedules,
        Slots = f.Slots,
        MeanRunMs = (long?)f.MeanRun?.TotalMilliseconds,
        MeanRunOf = f.MeanRun is null ? null : f.MeanRunOf,
        Capacity = f.Capacity is { } capacity ? (long)Math.Min(capacity, long.MaxValue / 2) : null,
        Buckets = [.. f.Buckets.Select(ForecastBucketJson.Of)],
    };
}

/// <summary>One step.</summary>
/// <param name="At">Its beginning.</param>
/// <param name="Occurrences">How many occurrences start in it, pauses, skips and spreads taken into account.</param>
/// <param name="Top">What most of them come from: up to five sets of schedules with the same times, the most first.</param>
internal sealed record ForecastBucketJson(DateTimeOffset At, long Occurrences, IReadOnlyList<ForecastShareJson> Top)
{
    public static ForecastBucketJson Of(ForecastBucket b) => new(b.At, b.Occurrences, [.. b.Top.Select(ForecastShareJson.Of)]);
}

/// <summary>Schedules with the same times.</summary>
/// <param name="Cron">Their expression.</param>
/// <param name="TimeZone">Their time zone.</param>
/// <param name="Schedules">How many they are.</param>
/// <param name="Occurrences">How many occurrences of theirs start in the step.</param>
/// <param name="First">One of them.</param>
internal sealed record ForecastShareJson(string Cron, string TimeZone, int Schedules, long Occurrences, ForecastScheduleJson First)
{
    public static ForecastShareJson Of(ForecastShare s) => new(
        s.Cron,
        s.TimeZone,
        s.Schedules,
        s.Occurrences,
        new ForecastScheduleJson(s.First.Scope.Tenant.Value, s.First.Scope.Install.ToString(), s.First.Id.ToString(), s.First.Name));
}

/// <summary>A schedule.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="InstallId">Of which install.</param>
/// <param name="ScheduleId">Its id.</param>
/// <param name="Name">Its name; absent when it has none.</param>
internal sealed record ForecastScheduleJson(string Tenant, string InstallId, string ScheduleId, string? Name);

/// <summary>A schedule behind a step.</summary>
internal sealed record ForecastOccurrencesJson
{
    /// <summary>Whose.</summary>
    public required string Tenant { get; init; }

    /// <summary>Of which install.</summary>
    public required string InstallId { get; init; }

    /// <summary>Its id.</summary>
    public required string ScheduleId { get; init; }

    /// <summary>Its name; absent when it has none.</summary>
    public string? Name { get; init; }

    /// <summary>Its expression.</summary>
    public required string Cron { get; init; }

    /// <summary>Its time zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>How many of its occurrences start in the step.</summary>
    public required long Occurrences { get; init; }

    public static ForecastOccurrencesJson Of(PlannedOccurrences planned) => new()
    {
        Tenant = planned.Schedule.Scope.Tenant.Value,
        InstallId = planned.Schedule.Scope.Install.ToString(),
        ScheduleId = planned.Schedule.Id.ToString(),
        Name = planned.Schedule.Name,
        Cron = planned.Schedule.Cron,
        TimeZone = planned.Schedule.TimeZone,
        Occurrences = planned.Occurrences,
    };

    /// <summary>A place as a cursor.</summary>
    public static string WritePlace(ForecastPlace place) => string.Create(CultureInfo.InvariantCulture, $"{place.Occurrences}.{place.Schedule}");

    /// <summary>Null for what is none.</summary>
    public static ForecastPlace? ReadPlace(string cursor) =>
        cursor.Split('.') is [var number, var text]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var occurrences) && Ids.TryParse(text, out var id)
            ? new ForecastPlace(occurrences, id)
            : null;
}
