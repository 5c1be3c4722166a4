using System.Runtime.InteropServices;
using Escapement.Nodes;
using Escapement.Pausing;

namespace Escapement.Forecasting;

/// <summary>Makes a forecast of what is planned. Give it everything, then ask.</summary>
/// <param name="query">What is asked for.</param>
/// <param name="pauses">The pauses above the schedules.</param>
/// <param name="now">Nothing starts before.</param>
/// <param name="catchUpWindow">The host's own.</param>
internal sealed class ForecastMaker(ForecastQuery query, PausesInForce pauses, DateTimeOffset now, TimeSpan catchUpWindow)
{
    private const int MostShares = 5;

    private readonly Dictionary<ForecastGroup, (int Count, PlannedSchedule First)> groups = [];
    private int schedules;

    public void Add(PlannedSchedule schedule)
    {
        schedules++;
        var key = ForecastGroup.Of(schedule, pauses.Above(schedule.Scope), now, catchUpWindow);
        ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, key, out var known);
        group = (group.Count + 1, known ? group.First : schedule);
    }

    /// <summary>The forecast.</summary>
    /// <param name="nodes">The host's nodes.</param>
    /// <param name="silentAfter">How long one may be silent by the host's clock.</param>
    public Forecast Make(IReadOnlyList<HostNode> nodes, TimeSpan silentAfter)
    {
        var totals = new long[query.Steps];
        var shares = new List<ForecastShare>[query.Steps];
        foreach (var (group, (count, first)) in groups)
        {
            var each = group.Count(query, now);
            for (var i = 0; i < each.Count; i++)
            {
                if (each[i] > 0)
                {
                    totals[i] += (long)each[i] * count;
                    Keep(shares[i] ??= new List<ForecastShare>(MostShares), new ForecastShare(group.Cron, group.TimeZone, count, (long)each[i] * count, first));
                }
            }
        }

        var up = nodes.Where(n => n.TakesWorkAt(now, silentAfter)).ToList();
        var paced = up.FindAll(n => n.MeanRun is not null);
        return new Forecast
        {
            Query = query,
            MadeAt = now,
            Schedules = schedules,
            Slots = up.Sum(n => n.Slots),
            MeanRun = paced.Count == 0
                ? null
                : TimeSpan.FromMilliseconds(paced.Sum(n => n.MeanRun!.Value.TotalMilliseconds * n.Slots) / paced.Sum(n => n.Slots)),
            MeanRunOf = paced.Sum(n => n.MeanRunOf),
            Buckets = [.. totals.Select((total, i) => new ForecastBucket(query.From + (i * query.Step), total, shares[i] ?? []))],
        };
    }

    // The few that make the most of a step, the most first.
    private static void Keep(List<ForecastShare> kept, ForecastShare share)
    {
        var place = kept.Count;
        while (place > 0 && kept[place - 1].Occurrences < share.Occurrences)
        {
            place--;
        }

        if (place < MostShares)
        {
            if (kept.Count == MostShares)
            {
                kept.RemoveAt(MostShares - 1);
            }

            kept.Insert(place, share);
        }
    }
}
