using Escapement.Pausing;
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
/// <param name="Items">Those that it would change.</param>
/// <param name="First">The first of them, as they are.</param>
/// <param name="LeftOut">The first of those that it would not change, and why.</param>
internal sealed record BulkPreview(
    BulkAction Action,
    int Schedules,
    IReadOnlyList<BulkItem> Items,
    IReadOnlyList<Schedule> First,
    IReadOnlyList<(ScheduleId Schedule, BulkFate Fate)> LeftOut)
{
    /// <summary>Of a resume: what it would do with what came due meanwhile.</summary>
    public ResumePreview Resumed { get; init; } = ResumePreview.Nothing;
}

/// <summary>What taking a change of many back would do.</summary>
/// <param name="Schedules">How many the change changed.</param>
/// <param name="Changes">How many of them are as it left them, so that they are taken back.</param>
/// <param name="First">The first of those that are taken back, as they are, without what was deleted.</param>
/// <param name="LeftOut">The first of those that are not, or may not be, and why.</param>
internal sealed record BulkUndoPreview(
    int Schedules, int Changes, IReadOnlyList<Schedule> First, IReadOnlyList<(ScheduleId Schedule, BulkFate Fate)> LeftOut);
