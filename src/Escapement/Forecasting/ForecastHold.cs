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
    public static ForecastHold? Of(PlannedSchedule schedule, IReadOnlyList<Pause> above, DateTimeOffset now, TimeSpan catchUpWindow)
    {
        Pause? last = null;
        var since = DateTimeOffset.MaxValue;
        var ends = true;
        foreach (var pause in above.Append(schedule.Pause))
        {
            if (pause?.HoldsAt(now) == true)
            {
                since = pause.Since < since ? pause.Since : since;
                ends &= pause.Until is not null;
                last = last is null || pause.Until > last.Until ? pause : last;
            }
        }

        return last switch
        {
            null => null,
            _ when !ends => new ForecastHold(default, null, TimeSpan.Zero, 0),
            { OnEnd: PauseEnd.Next } => new ForecastHold(default, last.Until, TimeSpan.Zero, 0),
            _ => new ForecastHold(
                since, last.Until, schedule.Policy.CatchUp ?? catchUpWindow, last.OnEnd == PauseEnd.Latest ? 1 : schedule.Policy.MissedMax),
        };
    }
}
