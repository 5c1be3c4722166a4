using Escapement.AspNetCore;

namespace Escapement.Server.Starting;

/// <summary>Says loudly that the clock is not the real one.</summary>
internal static partial class TimeLapseNotice
{
    public static void WarnOfTimeLapse(this WebApplication app, EscapementOptions options)
    {
        if (options.TimeLapse > 1)
        {
            Warn(app.Logger, options.TimeLapse);
        }
    }

    [LoggerMessage(
        LogEvents.TimeLapseActive,
        LogLevel.Warning,
        "TIME LAPSE: the clock runs {Factor} times faster than real time. For demonstrations only: schedules fire at the wrong time")]
    private static partial void Warn(ILogger logger, double factor);
}
