using Escapement.Scheduling;

namespace Escapement.Bulk;

/// <summary>How beginning a change of many ended.</summary>
internal abstract record BulkOutcome
{
    private BulkOutcome()
    {
    }

    /// <summary>It has begun.</summary>
    public sealed record Begun(BulkChange Change) : BulkOutcome;

    /// <summary>The tenant has one that goes on.</summary>
    public sealed record UnderWay : BulkOutcome;

    /// <summary>There is nothing to do.</summary>
    public sealed record Nothing : BulkOutcome;
}

/// <summary>What a change of many would do.</summary>
/// <param name="Action">The action, with the instant of which this is.</param>
/// <param name="Schedules">How many the filter finds.</param>
/// <param name="Changed">Those that it would change.</param>
/// <param name="LeftOut">Those that it would not, and why.</param>
internal sealed record BulkPreview(
    BulkAction Action, int Schedules, IReadOnlyList<Schedule> Changed, IReadOnlyList<(Schedule Schedule, BulkFate Fate)> LeftOut);
