namespace Escapement.Runs;

/// <summary>How punctually occurrences started in the last minutes, and what is due and has not started.</summary>
/// <param name="From">From when on occurrences were looked at, by their due time.</param>
/// <param name="To">Until when.</param>
/// <param name="Starts">How many started, of those that were looked at.</param>
/// <param name="Median">By how much half of them started late at most; null for none.</param>
/// <param name="Most">The same of 99 in 100.</param>
/// <param name="Waiting">What is due and has not started.</param>
internal sealed record Lateness(DateTimeOffset From, DateTimeOffset To, int Starts, TimeSpan? Median, TimeSpan? Most, WaitingOccurrences Waiting)
{
    public static Lateness Of(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<StartedOccurrence> started, WaitingOccurrences waiting)
    {
        var late = started.Select(s => s.StartedAt > s.StartAt ? s.StartedAt - s.StartAt : TimeSpan.Zero).Order().ToList();
        return new Lateness(from, to, late.Count, Rank(late, 50), Rank(late, 99), waiting);
    }

    private static TimeSpan? Rank(List<TimeSpan> sorted, int percent) => sorted.Count == 0 ? null : sorted[(((sorted.Count * percent) + 99) / 100) - 1];
}

/// <summary>What is due and has not started. What a pause holds is not due.</summary>
/// <param name="Count">How many occurrences.</param>
/// <param name="OldestAt">When the first of them was to start; null for none.</param>
internal sealed record WaitingOccurrences(int Count, DateTimeOffset? OldestAt);

/// <summary>An occurrence that has started.</summary>
/// <param name="StartAt">When it was to start: its due time and the place of its schedule in the window of the spread that that has now.</param>
/// <param name="StartedAt">When it did.</param>
internal readonly record struct StartedOccurrence(DateTimeOffset StartAt, DateTimeOffset StartedAt);
