namespace Escapement.Foresight;

/// <summary>An occurrence to come.</summary>
/// <param name="At">When, on the zone's clocks and with their offset.</param>
/// <param name="OffsetChanged">Whether the offset is another than at the occurrence before it.</param>
/// <param name="Note">What the clocks do to it, in a sentence; null for nothing.</param>
internal sealed record ForeseenOccurrence(DateTimeOffset At, bool OffsetChanged, string? Note)
{
    /// <summary>How many other schedules of the tenant fire in its minute.</summary>
    public int Others { get; init; }
}
