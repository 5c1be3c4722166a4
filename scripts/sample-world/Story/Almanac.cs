namespace Escapement.SampleWorld.Story;

/// <summary>
/// What is going to happen, each thing at its time. Things before the world's beginning do not happen: a short world has the late ones alone.
/// </summary>
/// <param name="from">When it can begin.</param>
/// <param name="until">When the world ends.</param>
internal sealed class Almanac(DateTimeOffset from, DateTimeOffset until)
{
    private readonly List<(DateTimeOffset At, Func<Task> Happens)> things = [];

    public DateTimeOffset Until => until;

    /// <summary>An instant so many days before the end.</summary>
    public DateTimeOffset Before(double days) => until.AddDays(-days);

    /// <summary>The last time, so many days before the end at least, that clocks in UTC showed an hour and a minute.</summary>
    public DateTimeOffset Before(int days, int hour, int minute = 0)
    {
        var latest = until.AddDays(-days);
        var that = new DateTimeOffset(latest.Date, TimeSpan.Zero) + new TimeSpan(hour, minute, 0);
        return that <= latest ? that : that.AddDays(-1);
    }

    public void Add(DateTimeOffset at, Func<Task> happens)
    {
        if (from < at && at < until)
        {
            things.Add((at, happens));
        }
    }

    public IEnumerable<(DateTimeOffset At, Func<Task> Happens)> InOrder() => things.OrderBy(t => t.At);
}
