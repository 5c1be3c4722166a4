using Escapement.Nodes;
using Escapement.Pausing;
using Escapement.Scheduling;

namespace Escapement.Forecasting;

/// <summary>
/// Forecasts, each kept for a minute, or until a pause above its schedules begins or ends: one asks for many times as many as change, and whoever paused
/// wants to see at once what that holds.
/// </summary>
internal sealed class ForecastKeeper(
    IForecastStore store, IPauseStore pauses, INodeStore nodes, NodeSilence silence, ScheduleLimits limits, TimeProvider time) : IDisposable
{
    private const int MostKept = 64;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    // One at a time: each reads all schedules.
    private readonly SemaphoreSlim making = new(1);
    private readonly Dictionary<ForecastQuery, (Forecast Made, PausesInForce Above)> kept = [];

    /// <summary>The forecast, up to a minute old.</summary>
    public async ValueTask<Forecast> GetAsync(ForecastQuery query, CancellationToken cancellationToken)
    {
        await making.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            var above = await PausesInForce.AskAsync(pauses, query.Tenant, now, cancellationToken);
            if (kept.TryGetValue(query, out var known) && IsFresh(known.Made, now) && known.Above.AreThoseOf(above))
            {
                return known.Made;
            }

            var maker = new ForecastMaker(query, above, now, limits.CatchUpWindow);
            await store.ReadAsync(query.Tenant, query.Install, planned => Add(maker, planned, query.Schedule), cancellationToken);
            var made = maker.Make(await nodes.ListAsync(cancellationToken), silence.Limit);
            Keep(made, above);
            return made;
        }
        finally
        {
            making.Release();
        }
    }

    public void Dispose() => making.Dispose();

    private static void Add(ForecastMaker maker, PlannedSchedule planned, ScheduleId? only)
    {
        if (only is null || planned.Id == only)
        {
            maker.Add(planned);
        }
    }

    private static bool IsFresh(Forecast made, DateTimeOffset now) => made.MadeAt <= now && now - made.MadeAt < KeptFor;

    private void Keep(Forecast made, PausesInForce above)
    {
        foreach (var old in kept.Keys.Where(query => !IsFresh(kept[query].Made, made.MadeAt)).ToList())
        {
            kept.Remove(old);
        }

        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }

        kept[made.Query] = (made, above);
    }
}
