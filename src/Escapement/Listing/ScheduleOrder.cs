namespace Escapement.Listing;

/// <summary>An order of places, the same that the walks of the store have: a list may be sorted here for one page and walked for the next.</summary>
internal sealed class ScheduleOrder(ScheduleSort sort) : IComparer<SchedulePlace>
{
    /// <summary>A schedule's place in this order.</summary>
    public SchedulePlace PlaceOf(ListedSchedule listed) => sort switch
    {
        ScheduleSort.Next => SchedulePlace.Of(listed.StartsAt is null ? ScheduleWalk.Resting : ScheduleWalk.Next, listed),
        ScheduleSort.Name => SchedulePlace.Of(ScheduleWalk.Name, listed),
        ScheduleSort.NameBackwards => SchedulePlace.Of(ScheduleWalk.NameBackwards, listed),
        ScheduleSort.Newest => SchedulePlace.Of(ScheduleWalk.Newest, listed),
        ScheduleSort.LastRun or ScheduleSort.LastRunBackwards =>
            new SchedulePlace(ScheduleWalk.Sorted, listed.Schedule.LastRunAt, "", listed.Schedule.Id.Value),
        ScheduleSort.Failures => SchedulePlace.Of(listed.Schedule.FailuresInARow > 0 ? ScheduleWalk.Failing : ScheduleWalk.Sound, listed),
        _ => SchedulePlace.Of(ScheduleWalk.Created, listed),
    };

    public int Compare(SchedulePlace? x, SchedulePlace? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var byWalk = x.Walk.CompareTo(y.Walk);
        var byTime = Nullable.Compare(x.At, y.At) * (sort is ScheduleSort.LastRun or ScheduleSort.LastRunBackwards ? -1 : 1);
        var byText = string.CompareOrdinal(x.Text, y.Text);
        var byAll = byWalk != 0 ? byWalk : byTime != 0 ? byTime : byText != 0 ? byText : CompareIds(x.Id, y.Id);
        return IsBackwards ? -byAll : byAll;
    }

    // One walk alone, from its end.
    private bool IsBackwards => sort is ScheduleSort.Newest or ScheduleSort.NameBackwards or ScheduleSort.LastRunBackwards;

    // As the stores sort them: byte by byte.
    private static int CompareIds(Guid x, Guid y)
    {
        Span<byte> one = stackalloc byte[16], other = stackalloc byte[16];
        x.TryWriteBytes(one, bigEndian: true, out _);
        y.TryWriteBytes(other, bigEndian: true, out _);
        return one.SequenceCompareTo(other);
    }
}
