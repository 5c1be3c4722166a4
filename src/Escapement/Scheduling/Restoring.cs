namespace Escapement.Scheduling;

/// <summary>How a schedule comes back that was removed.</summary>
internal static class Restoring
{
    /// <summary>
    /// It counts from now, and from the latest occurrence in the ledger. A pause that holds still holds; one that ended meanwhile has nothing to let
    /// go, because what came due was recorded when it was removed.
    /// </summary>
    public static Schedule Of(Schedule kept, DateTimeOffset now)
    {
        var back = kept with { Pause = kept.Pause?.HoldsAt(now) == true ? kept.Pause : null };
        back = back.Enabled ? NextOccurrence.Resume(back, now) : back;
        return back with { Skips = Skips.After(back, sameTimes: true, now) };
    }
}
