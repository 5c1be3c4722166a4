using Escapement.Scheduling;

namespace Escapement.Forecasting;

/// <summary>What pauses make of a schedule's times to come, as things stand.</summary>
/// <param name="Since">When the first of them began.</param>
/// <param name="Until">When the last ends; null when somebody has to end one.</param>
/// <param name="Released">How old an occurrence may be that its end has run; zero when none is run.</param>
/// <param name="MostReleased">How many its end has run at most.</param>
internal readonly record struct ForecastHold(DateTimeOffset Since, DateTimeOffset? Until, TimeSpan Released, int MostReleased)
{
    /// <summary>What holds a schedule now, of the pauses above it and its own; null when nothing does.</summary>
    public static ForecastHold? Of(PlannedSchedule schedule, IReadOnlyList<Pause> above, DateTimeOffset now, TimeSpan catchUpWindow) =>
        PauseOutlook.Of(above, schedule.Pause, now) switch
        {
            null => null,
            { Until: null } => new ForecastHold(default, null, TimeSpan.Zero, 0),
            { OnEnd: PauseEnd.Next } holds => new ForecastHold(default, holds.Until, TimeSpan.Zero, 0),
            { } holds => new ForecastHold(
                holds.First.Since,
                holds.Until,
                schedule.Policy.CatchUp ?? catchUpWindow,
                holds.OnEnd == PauseEnd.Latest ? 1 : schedule.Policy.MissedMax),
        };
}
