using Escapement.Nodes;
using Escapement.Pausing;
using Escapement.Scheduling;

namespace Escapement.Forecasting;

/// <summary>Forecasts, each kept for a minute: one asks for many times as many as change.</summary>
internal sealed class ForecastKeeper(
    IForecastStore store, IPauseStore pauses, INodeStore nodes, NodeSilence silence, ScheduleLimits limits, TimeProvider time) : IDisposable
{
    private const int MostKept = 64;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    // One at a time: each reads all schedules.
    private readonly SemaphoreSlim making = new(1);
    private readonly Dictionary<ForecastQuery, Forecast> kept = [];

    /// <summary>The forecast, up to a minute old.</summary>
    public async ValueTask<Forecast> GetAsync(ForecastQuery query, CancellationToken cancellationToken)
    {
        await making.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (kept.TryGetValue(query, out var known) && known.MadeAt <= now && now - known.MadeAt < KeptFor)
            {
                return known;
            }

            var above = await PausesInForce.AskAsync(pauses, query.Tenant, now, cancellationToken);
            var maker = new ForecastMaker(query, above, now, limits.CatchUpWindow);
            await store.ReadAsync(query.Tenant, query.Install, planned => Add(maker, planned, query.Schedule), cancellationToken);
            var made = maker.Make(await nodes.ListAsync(cancellationToken), silence.Limit);
            Keep(made);
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

    private void Keep(Forecast made)
    {
        foreach (var old in kept.Values.Where(f => made.MadeAt - f.MadeAt >= KeptFor || f.MadeAt > made.MadeAt).ToList())
        {
            kept.Remove(old.Query);
        }

        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }

        kept[made.Query] = made;
    }
}
