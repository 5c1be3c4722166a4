namespace Escapement.Scheduling;

/// <summary>What the pauses over a schedule make of it at an instant: they hold it, or let it go, or have nothing to do with it.</summary>
/// <param name="By">The one that holds it, of several the one that began first; null when none does.</param>
/// <param name="Until">When the first of those that hold it ends by itself, so that it has to be looked at again; null when none does.</param>
/// <param name="Release">How it was let go; null while it is held, and when nothing had held it.</param>
internal readonly record struct PauseHold(Pause? By, DateTimeOffset? Until, PauseRelease? Release)
{
    public bool IsHeld => By is not null;

    /// <summary>
    /// The rule. What had not started when a pause began belongs to the pause, so paused beats missed. The last pause that ends says what
    /// becomes of it.
    /// </summary>
    /// <param name="outer">The pauses above the schedule, with those that ended as long as stores keep them.</param>
    /// <param name="own">The schedule's own.</param>
    /// <param name="held">The one that it was found held by before, when it came due.</param>
    /// <param name="dueAt">Its earliest occurrence that is not covered.</param>
    /// <param name="now">The instant.</param>
    /// <param name="changedAt">
    /// When the schedule was last changed; null where it is of no matter. Of one that is not as it was when somebody was shown what the end of a pause above
    /// it would do, nothing runs.
    /// </param>
    public static PauseHold Of(
        IReadOnlyCollection<Pause> outer, Pause? own, Pause? held, DateTimeOffset? dueAt, DateTimeOffset now, DateTimeOffset? changedAt = null)
    {
        if (outer.Count == 0 && own is null)
        {
            return default;
        }

        List<Pause> over = own is null ? [.. outer] : [.. outer, own];

        // Where the clock was set back behind the end of a pause, what belongs to the pause is let go when the clock has come there again.
        var holding = over.FindAll(p => p.HoldsAt(now) || (p.EndsAt > now && dueAt <= p.EndsAt));
        if (holding.Count > 0)
        {
            return new PauseHold(held ?? First(holding), holding.Min(p => p.EndsAt), Release: null);
        }

        // Of what was put aside because something of it waited, nothing may have come due before the end.
        var ended = over.FindAll(p => dueAt <= p.EndsAt);
        return ended.MaxBy(p => p.EndsAt) is { } last
            ? new PauseHold(
                null, null, new PauseRelease(Ended(held, over) ?? First(ended)!, last.EndsAt!.Value, EndOf(last, changedAt)) { ShownAt = last.ShownAt })
            : default;
    }

    // The end of its own pause is a change of the schedule itself, which looks whether there was another since.
    private static PauseEnd EndOf(Pause last, DateTimeOffset? changedAt) =>
        last.Layer != PauseLayer.Schedule && last.ShownAt < changedAt ? PauseEnd.Next : last.OnEnd;

    // With its end: when it was put aside, nobody knew of that.
    private static Pause? Ended(Pause? held, List<Pause> over) =>
        held is null ? null : over.Find(p => p.Id == held.Id) is { EndedAt: { } end } ? held with { EndedAt = end } : held;

    private static Pause? First(List<Pause> pauses) => pauses.MinBy(p => p.Since);
}

/// <summary>How a schedule was let go.</summary>
/// <param name="By">The pause that the stretch is put down to: the one that began first.</param>
/// <param name="At">When the last one ended.</param>
/// <param name="OnEnd">What becomes of what was kept from starting.</param>
internal sealed record PauseRelease(Pause By, DateTimeOffset At, PauseEnd OnEnd)
{
    /// <summary>When it was shown what that would run, so that nothing runs of what came due since; null where it was not.</summary>
    public DateTimeOffset? ShownAt { get; init; }
}
