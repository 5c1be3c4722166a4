using Escapement.Pausing;
using Escapement.Scheduling;

namespace Escapement.Listing;

/// <summary>
/// Makes pages of schedules. What a filter leaves few of is read whole, by the index that finds it, and sorted here; all else is read along an index in
/// the order that is asked for, a bounded number of rows a page: so a page can be short and there can be more all the same.
/// </summary>
internal sealed class ScheduleListing(IScheduleListStore store, IScheduleStore schedules, IPauseStore pauses, TimeProvider time)
{
    /// <summary>How many are few.</summary>
    public const int Few = 200;

    private const int FewInstalls = 10;

    /// <summary>How many rows a page looks at. Each is read for a few microseconds, and the page is to be there in a few milliseconds.</summary>
    public const int MostLookedAt = 400;

    /// <summary>A page, and the place after which the next begins; null when this is the last.</summary>
    public async ValueTask<(IReadOnlyList<ListedSchedule> Items, SchedulePlace? Last)> ListAsync(
        ScheduleQuery query, CancellationToken cancellationToken = default)
    {
        var inForce = await PausesInForce.AskAsync(pauses, query.Scope.Tenant, time.GetUtcNow(), cancellationToken);
        return await FindFewAsync(query, inForce, cancellationToken) is { } few
            ? Sort(query, few.Select(s => With(s, inForce)))
            : await WalkAsync(query, inForce, cancellationToken);
    }

    private static ListedSchedule With(ListedSchedule listed, PausesInForce inForce) =>
        inForce.Over(listed.Schedule) is { Count: > 0 } over ? listed with { Pauses = over } : listed;

    private async ValueTask<IReadOnlyList<ListedSchedule>?> FindFewAsync(
        ScheduleQuery query, PausesInForce inForce, CancellationToken cancellationToken)
    {
        var (tenant, filter) = (query.Scope.Tenant, query.Filter);
        if (query.Scope is { Tenant: { } of, Install: { } install })
        {
            var all = await schedules.ListAsync(new InstallScope(of, install), cancellationToken);
            return [.. all.Select(s => new ListedSchedule(s, filter.Extension ?? "", inForce.Over(s).Count == 0 ? s.NextToStartAt : null))];
        }

        if (filter.Ids is { } ids && tenant is { } theirs)
        {
            return await store.FindAsync(theirs, ids, cancellationToken);
        }

        if (query.Sort is ScheduleSort.LastRun or ScheduleSort.LastRunBackwards)
        {
            return await store.FindOfExtensionAsync(tenant!.Value, filter.Extension!, int.MaxValue, cancellationToken);
        }

        // From the way that finds the fewest, mostly, to the one that finds the most.
        if (filter.Failing == true && await FewAsync(store.FindFailingAsync(tenant, Few + 1, cancellationToken)) is { } failing)
        {
            return failing;
        }

        if (filter.Extension is { } extension && tenant is { } its
            && await FewAsync(store.FindOfExtensionAsync(its, extension, Few + 1, cancellationToken)) is { } installed)
        {
            return installed;
        }

        if (filter.Endpoint is { } endpoint && await FewAsync(store.FindByEndpointAsync(tenant, endpoint, Few + 1, cancellationToken)) is { } callers)
        {
            return callers;
        }

        if (filter.Text is { Length: >= ScheduleFilter.AnyPartFrom } text
            && await FewAsync(store.FindByTextAsync(tenant, text, Few + 1, cancellationToken)) is { } found)
        {
            return found;
        }

        if (filter.Paused is { } wanted && await FindPausedAsync(wanted, tenant, inForce, cancellationToken) is { } paused)
        {
            return paused;
        }

        if (filter.Enabled == false
            && await FewAsync(store.WalkAsync(tenant, ScheduleWalk.Resting, after: null, Few + 1, cancellationToken)) is { } resting)
        {
            return resting;
        }

        if (filter.DueBy is { } by)
        {
            var next = await store.WalkAsync(tenant, ScheduleWalk.Next, after: null, Few + 1, cancellationToken);
            return next.Count <= Few || next[^1].StartsAt > by ? next : null;
        }

        if (filter.Text is { Length: < ScheduleFilter.AnyPartFrom } beginning)
        {
            var from = new SchedulePlace(ScheduleWalk.Name, At: null, beginning, Guid.Empty);
            var labels = await store.WalkAsync(tenant, ScheduleWalk.Name, from, Few + 1, cancellationToken);
            return labels.Count <= Few || !ScheduleText.Of(labels[^1].Schedule).Label.StartsWith(beginning, StringComparison.Ordinal) ? labels : null;
        }

        return null;
    }

    // What the host or a tenant holds is all there is, and is walked; what is held by itself or with its install is found.
    private async ValueTask<IReadOnlyList<ListedSchedule>?> FindPausedAsync(
        PausedFilter wanted, TenantId? tenant, PausesInForce inForce, CancellationToken cancellationToken) => wanted switch
        {
            PausedFilter.ByHost or PausedFilter.ByTenant => inForce.AnyAt(ScheduleFilter.LayerOf(wanted)!.Value) ? null : [],
            PausedFilter.ByItself => await FewAsync(store.FindPausedAsync(tenant, Few + 1, cancellationToken)),
            PausedFilter.ByInstall => await FindInPausedInstallsAsync([], inForce, cancellationToken),
            PausedFilter.Any when !inForce.AnyAt(PauseLayer.Host) && !inForce.AnyAt(PauseLayer.Tenant) =>
                await FewAsync(store.FindPausedAsync(tenant, Few + 1, cancellationToken)) is { } own
                    ? await FindInPausedInstallsAsync(own, inForce, cancellationToken)
                    : null,
            _ => null,
        };

    private async ValueTask<IReadOnlyList<ListedSchedule>?> FindInPausedInstallsAsync(
        IReadOnlyList<ListedSchedule> own, PausesInForce inForce, CancellationToken cancellationToken)
    {
        var found = own.ToDictionary(s => s.Schedule.Id);
        foreach (var (install, number) in inForce.Installs.Select((install, number) => (install, number)))
        {
            if (found.Count > Few || number == FewInstalls)
            {
                return null;
            }

            foreach (var listed in await store.FindOfInstallAsync(install, Few + 1, cancellationToken))
            {
                found[listed.Schedule.Id] = listed;
            }
        }

        return found.Count <= Few ? [.. found.Values] : null;
    }

    private static async ValueTask<IReadOnlyList<ListedSchedule>?> FewAsync(ValueTask<IReadOnlyList<ListedSchedule>> finding) =>
        await finding is { Count: <= Few } found ? found : null;

    private async ValueTask<(IReadOnlyList<ListedSchedule> Items, SchedulePlace? Last)> WalkAsync(
        ScheduleQuery query, PausesInForce inForce, CancellationToken cancellationToken)
    {
        var found = new List<ListedSchedule>();
        var place = query.After;
        var looked = 0;
        var batch = 2 * (query.Limit + 1);
        foreach (var walk in WalksOf(query).SkipWhile(w => place is not null && w != place.Walk))
        {
            var after = place?.Walk == walk ? place : null;
            while (true)
            {
                var asked = query.Filter.IsNone ? query.Limit + 1 - found.Count : Math.Min(batch, MostLookedAt + 1 - looked);
                var rows = await store.WalkAsync(query.Scope.Tenant, walk, after, asked, cancellationToken);
                for (var i = 0; i < rows.Count; i++)
                {
                    if (found.Count == query.Limit || (looked > 0 && looked >= MostLookedAt))
                    {
                        return (found, i == 0 ? place : SchedulePlace.Of(walk, rows[i - 1]));
                    }

                    if (walk == ScheduleWalk.Next && rows[i].StartsAt > query.Filter.DueBy)
                    {
                        return (found, null);
                    }

                    looked++;
                    var listed = With(rows[i], inForce);
                    if (query.Filter.Matches(listed) && (walk != ScheduleWalk.Sound || listed.Schedule.FailuresInARow == 0))
                    {
                        found.Add(listed);
                    }
                }

                if (rows.Count > 0)
                {
                    place = after = SchedulePlace.Of(walk, rows[^1]);
                }

                if (rows.Count < asked)
                {
                    break;
                }

                batch *= 2;
            }
        }

        return (found, null);
    }

    private static ScheduleWalk[] WalksOf(ScheduleQuery query) => query.Sort switch
    {
        ScheduleSort.Next => [ScheduleWalk.Next, ScheduleWalk.Resting],
        ScheduleSort.Name => [ScheduleWalk.Name],
        ScheduleSort.NameBackwards => [ScheduleWalk.NameBackwards],
        ScheduleSort.Created => [ScheduleWalk.Created],
        ScheduleSort.Newest => [ScheduleWalk.Newest],
        ScheduleSort.Failures when query.Filter.Failing == true => [ScheduleWalk.Failing],
        ScheduleSort.Failures => [ScheduleWalk.Failing, ScheduleWalk.Sound],
        _ => throw new ArgumentOutOfRangeException(nameof(query), query.Sort, "Schedules of several installs have no such order."),
    };

    private static (IReadOnlyList<ListedSchedule> Items, SchedulePlace? Last) Sort(ScheduleQuery query, IEnumerable<ListedSchedule> few)
    {
        var order = new ScheduleOrder(query.Sort);
        var rest = few.Where(query.Filter.Matches).Select(s => (Listed: s, Place: order.PlaceOf(s)))
            .Where(s => query.After is null || order.Compare(s.Place, query.After) > 0)
            .OrderBy(s => s.Place, order)
            .ToList();
        return ([.. rest.Take(query.Limit).Select(s => s.Listed)], rest.Count > query.Limit ? rest[query.Limit - 1].Place : null);
    }
}
