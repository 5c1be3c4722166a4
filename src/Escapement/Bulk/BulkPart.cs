namespace Escapement.Bulk;

/// <summary>So many schedules of a change as one step is about.</summary>
/// <param name="Number">Its place, from 0.</param>
/// <param name="Items">Its schedules.</param>
/// <param name="Fates">What became of each; empty before its step.</param>
/// <param name="Entries">The audit entry of each; of one that was left out there is none. Empty before its step.</param>
internal sealed record BulkPart(int Number, IReadOnlyList<BulkItem> Items, IReadOnlyList<BulkFate> Fates, IReadOnlyList<Guid> Entries)
{
    /// <summary>All parts of a change.</summary>
    public static IReadOnlyList<BulkPart> Of(IEnumerable<BulkItem> items) =>
    [
        .. items.OrderBy(i => i.Schedule.ToString(), StringComparer.Ordinal)
            .Chunk(BulkChange.PerStep)
            .Select((part, number) => new BulkPart(number, part, [], [])),
    ];
}

/// <summary>A schedule that a change is about.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Revision">Its revision when it was shown.</param>
/// <param name="Source">The audit entry whose change is taken back; null for none.</param>
internal sealed record BulkItem(ScheduleId Schedule, long Revision, Guid? Source = null);

/// <summary>What became of a schedule. Kept as a byte each.</summary>
internal enum BulkFate
{
    /// <summary>It was changed.</summary>
    Done = 1,

    /// <summary>It was changed by somebody else since it was shown; of an undo, since the change.</summary>
    Changed = 2,

    /// <summary>It is not there any more; of a deletion that is taken back, it is not kept.</summary>
    Gone = 3,

    /// <summary>It is so already: paused, not paused, enabled, of that policy.</summary>
    AlreadySo = 4,

    /// <summary>An operator paused it, and whoever asked is none.</summary>
    OperatorsPause = 5,

    /// <summary>Something else stands in the way: a name that is taken, a time zone that this host does not know.</summary>
    Refused = 6,
}
