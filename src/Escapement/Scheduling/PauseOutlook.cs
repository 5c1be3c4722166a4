namespace Escapement.Scheduling;

/// <summary>What pauses make of a schedule's times to come, as things stand: what <see cref="PauseHold"/> says of now.</summary>
/// <param name="First">The one that began first.</param>
/// <param name="Until">When the last ends; null when somebody has to end one.</param>
/// <param name="OnEnd">What the end of the last does with what was kept from starting.</param>
internal readonly record struct PauseOutlook(Pause First, DateTimeOffset? Until, PauseEnd OnEnd)
{
    /// <summary>What holds a schedule, of the pauses above it and its own; null when nothing does.</summary>
    public static PauseOutlook? Of(IReadOnlyCollection<Pause> above, Pause? own, DateTimeOffset now)
    {
        Pause? first = null, last = null;
        var ends = true;
        foreach (var pause in Holding(above, own, now))
        {
            first = first is null || pause.Since < first.Since ? pause : first;
            ends &= pause.Until is not null;
            last = last is null || pause.Until > last.Until ? pause : last;
        }

        return last is null ? null : new PauseOutlook(first!, ends ? last.Until : null, last.OnEnd);
    }

    /// <summary>Those that hold it.</summary>
    public static IEnumerable<Pause> Holding(IReadOnlyCollection<Pause> above, Pause? own, DateTimeOffset now) =>
        above.Append(own).OfType<Pause>().Where(p => p.HoldsAt(now));
}
