using System.Globalization;

namespace Escapement.PostgreSql.Retention;

/// <summary>A partition of the ledger or the audit: its table, and the range of time that it holds.</summary>
internal sealed record Partition(string Parent, string Name, DateTimeOffset From, DateTimeOffset To)
{
    // How far ahead partitions are made. Nodes look every hour, so even a month of trouble leaves none missing.
    private const int WeeksAhead = 5;
    private const int MonthsAhead = 2;

    /// <summary>The partitions that must be there at an instant, in order: the one before it, which late occurrences fall into, its own, and those to come.</summary>
    public static IEnumerable<Partition> Wanted(DateTimeOffset now) =>
    [
        .. Enumerable.Range(-1, WeeksAhead + 2).Select(w => Week(now.AddDays(7 * w))),
        .. Enumerable.Range(-1, MonthsAhead + 2).Select(m => Month(now.AddMonths(m))),
    ];

    /// <summary>The week of the ledger, from Monday, that holds an instant.</summary>
    public static Partition Week(DateTimeOffset at)
    {
        var day = at.UtcDateTime.Date;
        var monday = new DateTimeOffset(day.AddDays(-(((int)day.DayOfWeek + 6) % 7)), TimeSpan.Zero);
        return new Partition("runs", "runs_" + monday.ToString("yyyyMMdd", CultureInfo.InvariantCulture), monday, monday.AddDays(7));
    }

    /// <summary>The month of the audit that holds an instant.</summary>
    public static Partition Month(DateTimeOffset at)
    {
        var first = new DateTimeOffset(at.UtcDateTime.Year, at.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return new Partition("audit", "audit_" + first.ToString("yyyyMM", CultureInfo.InvariantCulture), first, first.AddMonths(1));
    }

    /// <summary>The partition that a table's name stands for; null for the one that takes the rest.</summary>
    public static Partition? OfName(string name) => name.Split('_') switch
    {
        ["runs", { Length: 8 } day] when Read(day, "yyyyMMdd") is { } at => Week(at),
        ["audit", { Length: 6 } month] when Read(month, "yyyyMM") is { } at => Month(at),
        _ => null,
    };

    private static DateTimeOffset? Read(string text, string format) =>
        DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
