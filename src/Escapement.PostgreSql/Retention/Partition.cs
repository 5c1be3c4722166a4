using System.Globalization;
using Escapement.Retention;
using Escapement.Storage;

namespace Escapement.PostgreSql.Retention;

/// <summary>A partition of a table with history: its name, and the range of time that it holds.</summary>
internal sealed record Partition(StoreTable Table, string Name, DateTimeOffset From, DateTimeOffset To)
{
    // How far ahead partitions are made. Nodes look every hour, so even a month of trouble leaves none missing.
    private const int WeeksAhead = 5;
    private const int MonthsAhead = 2;

    /// <summary>
    /// The partitions that must be there: of each table the one before now, which late occurrences fall into, its own, and those to come.
    /// But none of which all is too old to be kept.
    /// </summary>
    public static IEnumerable<Partition> Wanted(RetentionCutoffs cutoffs) =>
        StoreTable.WithHistory.SelectMany(t => Wanted(t, cutoffs.Now)).Where(p => !p.IsTooOld(cutoffs));

    /// <summary>Whether nothing in it is kept any more.</summary>
    public bool IsTooOld(RetentionCutoffs cutoffs) => To <= Table.History!.KeptFrom(cutoffs);

    /// <summary>The partition of a table that holds an instant.</summary>
    public static Partition Holding(StoreTable table, DateTimeOffset at)
    {
        var day = at.UtcDateTime.Date;
        var isWeek = table.History!.Span == HistorySpan.Week;
        var from = new DateTimeOffset(day.AddDays(isWeek ? -(((int)day.DayOfWeek + 6) % 7) : 1 - day.Day), TimeSpan.Zero);
        var name = $"{table.Name}_{from.ToString(NameFormat(table), CultureInfo.InvariantCulture)}";
        return new Partition(table, name, from, isWeek ? from.AddDays(7) : from.AddMonths(1));
    }

    /// <summary>The partition that a table's name stands for; null for the one that takes the rest.</summary>
    public static Partition? OfName(string name)
    {
        var cut = name.LastIndexOf('_');
        return StoreTable.WithHistory.FirstOrDefault(t => cut == t.Name.Length && name.StartsWith(t.Name, StringComparison.Ordinal)) is { } table
            && DateTimeOffset.TryParseExact(name.AsSpan(cut + 1), NameFormat(table), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? Holding(table, at)
            : null;
    }

    private static IEnumerable<Partition> Wanted(StoreTable table, DateTimeOffset now) => table.History!.Span == HistorySpan.Week
        ? Enumerable.Range(-1, WeeksAhead + 2).Select(w => Holding(table, now.AddDays(7 * w)))
        : Enumerable.Range(-1, MonthsAhead + 2).Select(m => Holding(table, now.AddMonths(m)));

    private static string NameFormat(StoreTable table) => table.History!.Span == HistorySpan.Week ? "yyyyMMdd" : "yyyyMM";
}
