namespace Escapement.Forecasting;

/// <summary>How long one step of a forecast is.</summary>
internal enum ForecastStep
{
    /// <summary>A minute.</summary>
    Minute = 0,

    /// <summary>An hour.</summary>
    Hour = 1,
}

/// <summary>What a forecast is asked for.</summary>
/// <param name="Tenant">Whose schedules; null for all.</param>
/// <param name="From">From when on, a whole step.</param>
/// <param name="To">Until when, exclusively, a whole step.</param>
/// <param name="By">The length of a step.</param>
internal sealed record ForecastQuery(TenantId? Tenant, DateTimeOffset From, DateTimeOffset To, ForecastStep By)
{
    /// <summary>Only this install's schedules; null for all. Of a tenant alone.</summary>
    public InstallId? Install { get; init; }

    /// <summary>Only this schedule of that install; null for all.</summary>
    public ScheduleId? Schedule { get; init; }

    /// <summary>The most steps that one forecast has: a day of minutes, or 31 days of hours and one.</summary>
    public static int MostSteps(ForecastStep by) => by == ForecastStep.Minute ? 24 * 60 : 31 * 24;

    public TimeSpan Step => LengthOf(By);

    public int Steps => (int)((To - From) / Step);

    public static TimeSpan LengthOf(ForecastStep by) => by == ForecastStep.Minute ? TimeSpan.FromMinutes(1) : TimeSpan.FromHours(1);

    /// <summary>The beginning of the step that an instant lies in.</summary>
    public static DateTimeOffset Floor(DateTimeOffset at, ForecastStep by) =>
        new(at.UtcTicks - (at.UtcTicks % LengthOf(by).Ticks), TimeSpan.Zero);
}

/// <summary>Occurrences to come, step by step.</summary>
internal sealed record Forecast
{
    public required ForecastQuery Query { get; init; }

    /// <summary>When it was made; occurrences before are not in it.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Schedules that were looked at.</summary>
    public required int Schedules { get; init; }

    /// <summary>Runs that all nodes that take work carry out at once.</summary>
    public required int Slots { get; init; }

    /// <summary>How long their last runs took in the mean; null when none has run yet.</summary>
    public required TimeSpan? MeanRun { get; init; }

    /// <summary>Of how many runs that is.</summary>
    public int MeanRunOf { get; init; }

    public required IReadOnlyList<ForecastBucket> Buckets { get; init; }

    /// <summary>How many runs of that length the slots carry in a step; null when the length is not known yet.</summary>
    public double? Capacity => MeanRun is { } mean && mean > TimeSpan.Zero ? Slots * (Query.Step / mean) : null;
}

/// <summary>One step.</summary>
/// <param name="At">Its beginning.</param>
/// <param name="Occurrences">How many occurrences start in it.</param>
/// <param name="Top">What most of them come from, the most first.</param>
internal sealed record ForecastBucket(DateTimeOffset At, long Occurrences, IReadOnlyList<ForecastShare> Top);

/// <summary>A part of a step's occurrences: schedules with the same times.</summary>
/// <param name="Cron">Their expression.</param>
/// <param name="TimeZone">Their zone.</param>
/// <param name="Schedules">How many they are.</param>
/// <param name="Occurrences">How many occurrences of theirs start in the step.</param>
/// <param name="First">One of them.</param>
internal sealed record ForecastShare(string Cron, string TimeZone, int Schedules, long Occurrences, PlannedSchedule First);
