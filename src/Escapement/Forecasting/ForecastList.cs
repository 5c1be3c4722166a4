using Escapement.Pausing;
using Escapement.Scheduling;

namespace Escapement.Forecasting;

/// <summary>
/// The schedules behind one step of a forecast, each by itself. The last list is kept for a minute, or until a pause above its schedules begins or ends: it
/// is read page by page.
/// </summary>
internal sealed class ForecastList(IForecastStore store, IPauseStore pauses, ScheduleLimits limits, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    // One at a time: each reads all schedules.
    private readonly SemaphoreSlim making = new(1);
    private (ForecastQuery Query, DateTimeOffset MadeAt, PausesInForce Above, IReadOnlyList<PlannedOccurrences> All)? kept;

    /// <summary>Those with the most occurrences first, up to a minute old.</summary>
    /// <param name="query">The step, and whose schedules.</param>
    /// <param name="after">The place after which they begin; null for the first.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<IReadOnlyList<PlannedOccurrences>> ListAsync(
        ForecastQuery query, ForecastPlace? after, int limit, CancellationToken cancellationToken)
    {
        await making.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            var above = await PausesInForce.AskAsync(pauses, query.Tenant, now, cancellationToken);
            if (kept is not { } known || known.Query != query || known.MadeAt > now || now - known.MadeAt >= KeptFor || !known.Above.AreThoseOf(above))
            {
                kept = known = (query, now, above, await MakeAsync(query, above, now, cancellationToken));
            }

            return [.. known.All.SkipWhile(p => after is not null && after.CompareTo(ForecastPlace.Of(p)) >= 0).Take(limit)];
        }
        finally
        {
            making.Release();
        }
    }

    public void Dispose() => making.Dispose();

    private async ValueTask<IReadOnlyList<PlannedOccurrences>> MakeAsync(
        ForecastQuery query, PausesInForce above, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<ForecastGroup, long>();
        var found = new List<PlannedOccurrences>();
        await store.ReadAsync(
            query.Tenant,
            query.Install,
            planned =>
            {
                var group = ForecastGroup.Of(planned, above.Above(planned.Scope), now, limits.CatchUpWindow);
                if (!counts.TryGetValue(group, out var count))
                {
                    counts.Add(group, count = group.Count(query, now).Sum(c => (long)c));
                }

                if (count > 0)
                {
                    found.Add(new PlannedOccurrences(planned, count));
                }
            },
            cancellationToken);
        return [.. found.OrderBy(ForecastPlace.Of)];
    }
}

/// <summary>A schedule, and how many of its occurrences start in a step.</summary>
internal sealed record PlannedOccurrences(PlannedSchedule Schedule, long Occurrences);

/// <summary>A schedule's place behind a step: the most occurrences come first.</summary>
internal sealed record ForecastPlace(long Occurrences, Guid Schedule) : IComparable<ForecastPlace>
{
    public static ForecastPlace Of(PlannedOccurrences planned) => new(planned.Occurrences, planned.Schedule.Id.Value);

    public int CompareTo(ForecastPlace? other) =>
        other is null ? 1 : other.Occurrences != Occurrences ? other.Occurrences.CompareTo(Occurrences) : Schedule.CompareTo(other.Schedule);
}
