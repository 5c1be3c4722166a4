namespace Escapement.Time;

/// <summary>Lengths of real time on a clock that may run faster.</summary>
internal static class RealTime
{
    /// <summary>How long a length of real time is by a clock: as long, unless it is a <see cref="TimeLapse"/>.</summary>
    public static TimeSpan FromReal(this TimeProvider time, TimeSpan real) => real * time.Speed();

    /// <summary>How many seconds pass on a clock in a real second: one, unless it is a <see cref="TimeLapse"/>.</summary>
    public static double Speed(this TimeProvider time) => time is TimeLapse lapse ? lapse.Factor : 1;
}
