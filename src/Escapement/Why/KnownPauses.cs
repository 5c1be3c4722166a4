using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>
/// The pauses over a schedule, as far as they are known: those that the store keeps, and those whose beginning or end the audit has. One in a layer at a
/// time, so that an end is that of the last that began before it.
/// </summary>
internal static class KnownPauses
{
    // An audit entry and what it tells of take their instants one after the other.
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(1);

    /// <summary>Those that were in force at some time of a span, of the nearest layer first. The one that began first is told in full.</summary>
    /// <param name="ground">What is kept.</param>
    /// <param name="from">From when on.</param>
    /// <param name="to">Up to when; what ended later, or has not ended, is told without its end while it is in force.</param>
    /// <param name="also">One that a row has kept.</param>
    public static IReadOnlyList<Cause.OfPause> Within(WhyGround ground, DateTimeOffset from, DateTimeOffset to, Pause? also = null) => Told(
        All(ground, also)
            .Where(p => p.Pause.Since <= to && !(p.Ended < from))
            .Select(p => p.Ended is null && !IsInForce(ground, p.Pause) ? p with { Ended = to } : p));

    /// <summary>The same of such as are known, in one order.</summary>
    public static IReadOnlyList<Cause.OfPause> Told(IEnumerable<Cause.OfPause> pauses)
    {
        var all = pauses.OrderByDescending(p => p.Pause.Layer).ThenByDescending(p => p.Pause.Since).ToList();
        var first = all.LastOrDefault(p => p.Pause.Since == all.Min(o => o.Pause.Since));
        return [.. all.Select(p => p with { IsBeside = p != first })];
    }

    private static List<Cause.OfPause> All(WhyGround ground, Pause? also)
    {
        var known = ground.Above.Append(ground.Rows.Schedule?.Pause).Append(also).OfType<Pause>()
            .DistinctBy(p => (p.Layer, p.Id))
            .Select(p => new Cause.OfPause(p, p.EndedAt ?? (p.Until <= ground.Now ? p.Until : null)))
            .ToList();
        var begun = new HashSet<int>();
        foreach (var mark in ground.Around.Marks.Where(m => m.Layer is not null).OrderBy(m => m.At))
        {
            var layer = mark.Layer!.Value;
            if (mark.EndsPause && IndexOfOpen(known, layer, mark.At) is >= 0 and var ended)
            {
                known[ended] = known[ended] with { Ended = mark.At, EndedBy = mark.By, IsTakenBack = mark.TakesBack };
            }

            if (mark.Began is { } began)
            {
                var at = IndexOfBegun(known, begun, layer, mark.At);
                if (at < 0)
                {
                    at = known.Count;
                    known.Add(new Cause.OfPause(began with { Layer = layer, Since = mark.At }, began.Until <= ground.Now ? began.Until : null));
                }

                begun.Add(at);
            }
        }

        return known;
    }

    // Of those that began by then, and had not ended by themselves, the last. Where another begins as soon as one has ended, it is not that other.
    private static int IndexOfOpen(List<Cause.OfPause> known, PauseLayer layer, DateTimeOffset at)
    {
        var open = known.Where(k => k.Pause.Layer == layer && k.Pause.Since <= at + Apart && !(k.Ended < at - Apart)).ToList();
        var last = open.Where(k => k.Pause.Since <= at && k.EndedBy is null).MaxBy(k => k.Pause.Since) ?? open.MaxBy(k => k.Pause.Since);
        return last is null ? -1 : known.IndexOf(last);
    }

    // The nearest that no other entry tells the beginning of.
    private static int IndexOfBegun(List<Cause.OfPause> known, HashSet<int> begun, PauseLayer layer, DateTimeOffset at) => known
        .Select((k, index) => (index, k.Pause.Layer, Apart: (k.Pause.Since - at).Duration()))
        .Where(k => k.Layer == layer && k.Apart <= Apart && !begun.Contains(k.index))
        .OrderBy(k => k.Apart)
        .Select(k => k.index)
        .DefaultIfEmpty(-1)
        .First();

    private static bool IsInForce(WhyGround ground, Pause pause) => PauseOutlook.Holding(ground.Above, ground.Rows.Schedule?.Pause, ground.Now)
        .Any(p => p.Layer == pause.Layer && (p.Since - pause.Since).Duration() <= Apart);
}
