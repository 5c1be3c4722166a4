using System.Globalization;
using System.Runtime.CompilerServices;
using Escapement.Audit;
using Escapement.Listing;
using Escapement.Pausing;
using Escapement.Repeats;
using Escapement.Scheduling;

namespace Escapement.Bulk;

/// <summary>
/// Changing many schedules of a tenant at once: found by the filter of a list, shown first, carried out in parts by whichever node comes to it, and taken
/// back as one. It takes nothing of the installs' rate limits.
/// </summary>
internal sealed class BulkOperations(IBulkStore store, ScheduleListing listing, BulkSignal signal, ScheduleLimits limits, TimeProvider time)
{
    private const int PerPage = 200;

    /// <summary>
    /// What an action would do to what a filter finds, or why it cannot be shown: it would change more than <see cref="BulkChange.Most"/>, or there are
    /// more than <see cref="BulkChange.MostLookedAt"/> to look at. It reads a page at a time and keeps ids alone, so neither the store nor the memory is
    /// held up.
    /// </summary>
    public async ValueTask<Result<BulkPreview>> PreviewAsync(
        TenantId tenant, ScheduleFilter filter, BulkAction action, Actor actor, bool byOperator, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        if (action.Validate(now, limits.MaxTimeLimit) is { Count: > 0 } problems)
        {
            return new(problems);
        }

        var (items, first, leftOut, looked) = (new List<BulkItem>(), new List<Schedule>(), new List<(ScheduleId, BulkFate)>(), 0);
        var query = new ScheduleQuery(new ListScope(tenant), filter, ScheduleSort.Created, After: null, Limit: PerPage);
        var resumed = ResumePreview.Nothing with { Each = [] };
        var pages = 0;
        do
        {
            var (page, last) = await listing.ListAsync(query, cancellationToken);
            looked += page.Count;
            foreach (var (schedule, over) in page.Select(i => (i.Schedule, i.Pauses)))
            {
                var fate = BulkRules.FateOf(BulkRules.Apply(action, schedule, actor.Id, byOperator, Guid.Empty, now));
                if (fate == BulkFate.Done)
                {
                    items.Add(new BulkItem(schedule.Id, schedule.Revision));
                    if (action.Kind == BulkKind.Resume && schedule.Pause is { } own)
                    {
                        var release = new PauseRelease(own, now, action.OnEnd ?? own.OnEnd);
                        resumed = resumed.With(schedule, over.Where(p => p.Id != own.Id), release, limits.CatchUpWindow);
                    }

                    first.AddRange(first.Count < BulkChange.MostShown ? [schedule] : []);
                }
                else
                {
                    leftOut.AddRange(leftOut.Count < BulkChange.MostShown ? [(schedule.Id, fate)] : []);
                }
            }

            if (items.Count > BulkChange.Most)
            {
                return new([TooMany($"The filter finds more than {BulkChange.Most:N0} schedules that would change; find fewer")]);
            }

            // What a filter finds little of has pages too, of as many rows that were looked at.
            if (last is not null && ++pages == BulkChange.MostLookedAt / PerPage)
            {
                return new([TooMany($"There are more than {BulkChange.MostLookedAt:N0} schedules to look at; find fewer, by extension, endpoint or text")]);
            }

            query = query with { After = last };
        }
        while (query.After is not null);
        return new(new BulkPreview(action with { ShownAt = now }, looked, items, first, leftOut) { Resumed = resumed });
    }

    /// <summary>Begins what was shown. What changed since is left out when its turn comes.</summary>
    /// <param name="tenant">Whose schedules.</param>
    /// <param name="action">What is done.</param>
    /// <param name="items">Which, with the revisions that were shown.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="byOperator">Whether that is an operator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask<BulkOutcome> BeginAsync(
        TenantId tenant, BulkAction action, IReadOnlyList<BulkItem> items, Actor actor, bool byOperator, CancellationToken cancellationToken = default) =>
        BeginAsync(tenant, action, undoes: null, items, actor, byOperator, cancellationToken);

    /// <summary>
    /// What taking another change back would do, as each of its schedules is now. Whether a name is free, and what was deleted still kept, shows when its turn
    /// comes.
    /// </summary>
    public async ValueTask<BulkUndoPreview> PreviewUndoAsync(
        BulkChange undone, Actor actor, bool byOperator, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var undo = Of(undone.Tenant, new BulkAction { Kind = BulkKind.Undo, ShownAt = now }, undone.Id, undone.Done, actor, byOperator);
        var (first, leftOut, schedules, changes) = (new List<Schedule>(), new List<(ScheduleId, BulkFate)>(), 0, 0);
        await foreach (var items in SourcesAsync(undone, cancellationToken).Chunk(PerPage).WithCancellation(cancellationToken))
        {
            var entries = await store.FindEntriesAsync(undone.Tenant, [.. items.Select(i => i.Source!.Value)], cancellationToken);
            var sources = entries.ToDictionary(e => e.Id);
            var filter = new ScheduleFilter { Ids = [.. items.Select(i => i.Schedule)] };
            var query = new ScheduleQuery(new ListScope(undone.Tenant), filter, ScheduleSort.Created, After: null, items.Length);
            var there = (await listing.ListAsync(query, cancellationToken)).Items.ToDictionary(i => i.Schedule.Id, i => i.Schedule);
            foreach (var item in items)
            {
                var deed = BulkRules.DeedOf(undo, item, sources.GetValueOrDefault(item.Source!.Value), Guid.Empty, now);
                var schedule = there.GetValueOrDefault(item.Schedule);
                var fate = BulkRules.FateOf(deed, schedule);
                (schedules, changes) = (schedules + 1, changes + (fate == BulkFate.Done ? 1 : 0));
                first.AddRange(fate == BulkFate.Done && schedule is not null && first.Count < BulkChange.MostShown ? [schedule] : []);
                leftOut.AddRange(fate != BulkFate.Done && leftOut.Count < BulkChange.MostShown ? [(item.Schedule, fate)] : []);
            }
        }

        return new BulkUndoPreview(schedules, changes, first, leftOut);
    }

    /// <summary>Begins to take another change back: what it changed, as far as that is as it left it.</summary>
    /// <param name="undone">The other change.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="byOperator">Whether that is an operator.</param>
    /// <param name="shownAt">When they were shown what it would do, so that no more is done than that; null when they were not.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<BulkOutcome> UndoAsync(
        BulkChange undone, Actor actor, bool byOperator, DateTimeOffset? shownAt = null, CancellationToken cancellationToken = default)
    {
        var items = await SourcesAsync(undone, cancellationToken).ToListAsync(cancellationToken);
        var action = new BulkAction { Kind = BulkKind.Undo, ShownAt = shownAt };
        return await BeginAsync(undone.Tenant, action, undone.Id, items, actor, byOperator, cancellationToken);
    }

    /// <summary>One change; null when the tenant has none of that id.</summary>
    public async ValueTask<BulkChange?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken = default) =>
        Ids.TryParse(id, out var known) ? await store.FindAsync(tenant, known, cancellationToken) : null;

    /// <summary>A tenant's, newest first.</summary>
    public ValueTask<IReadOnlyList<BulkChange>> ListAsync(TenantId tenant, Guid? before, int limit, CancellationToken cancellationToken = default) =>
        store.ListAsync(tenant, before, limit, cancellationToken);

    /// <summary>What a change left out, so far; from a place on, in its order.</summary>
    public async ValueTask<IReadOnlyList<(ScheduleId Schedule, BulkFate Fate)>> LeftOutAsync(
        BulkChange change, Guid? after, int limit, CancellationToken cancellationToken = default)
    {
        var found = new List<(ScheduleId, BulkFate)>();
        await foreach (var (item, fate, _) in ReadAsync(change, cancellationToken))
        {
            if (fate != BulkFate.Done && (after is not { } place || Compare(item.Schedule.Value, place) > 0))
            {
                found.Add((item.Schedule, fate));
            }

            if (found.Count == limit)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>Ends a change that goes on: what was done by then stays. Null when it does not go on.</summary>
    public ValueTask<BulkChange?> CancelAsync(BulkChange change, Actor actor, CancellationToken cancellationToken = default) =>
        store.CancelAsync(
            change.Tenant, change.Id, time.GetUtcNow(), Entry(change.Tenant, change.Id, actor, "tenant.bulk-cancel", detail: null), cancellationToken);

    private static Problem TooMany(FormattableString message) => new("filter", "too-many", FormattableString.Invariant(message));

    private static int Compare(Guid one, Guid other) => string.CompareOrdinal(one.ToString(), other.ToString());

    private async ValueTask<BulkOutcome> BeginAsync(
        TenantId tenant,
        BulkAction action,
        Guid? undoes,
        IReadOnlyList<BulkItem> items,
        Actor actor,
        bool byOperator,
        CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return new BulkOutcome.Nothing();
        }

        var change = Of(tenant, action, undoes, items.Count, actor, byOperator);
        BulkOutcome Answered(bool added) => added ? new BulkOutcome.Begun(change) : new BulkOutcome.UnderWay();
        AnswerKeeping.Translate<bool, BulkOutcome>(Answered);
        var (some, note) = (items.Count == 1 ? "schedule" : "schedules", action.Note is null ? "" : $": {action.Note}");
        var detail = string.Create(CultureInfo.InvariantCulture, $"{action.Kind} of {items.Count} {some}{note}");
        var outcome = Answered(await store.AddAsync(
            change, BulkPart.Of(items), Entry(tenant, change.Id, actor, undoes is null ? "tenant.bulk" : "tenant.bulk-undo", detail), cancellationToken));
        signal.Raise();
        return outcome;
    }

    private BulkChange Of(TenantId tenant, BulkAction action, Guid? undoes, int total, Actor actor, bool byOperator) => new()
    {
        Id = Ids.Next(time),
        Tenant = tenant,
        Action = action,
        Undoes = undoes,
        Actor = actor,
        ByOperator = byOperator,
        Total = total,
        CreatedAt = time.GetUtcNow(),
    };

    // What a change changed, each with the entry that says how.
    private IAsyncEnumerable<BulkItem> SourcesAsync(BulkChange change, CancellationToken cancellationToken) =>
        ReadAsync(change, cancellationToken).Where(i => i.Fate == BulkFate.Done).Select(i => new BulkItem(i.Item.Schedule, 0, i.Entry));

    private async IAsyncEnumerable<(BulkItem Item, BulkFate Fate, Guid Entry)> ReadAsync(
        BulkChange change, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int atOnce = 20;
        for (var from = 0; from < change.Parts; from += atOnce)
        {
            foreach (var part in await store.ListPartsAsync(change.Tenant, change.Id, from, Math.Min(atOnce, change.Parts - from), cancellationToken))
            {
                for (var i = 0; i < part.Fates.Count; i++)
                {
                    yield return (part.Items[i], part.Fates[i], part.Entries[i]);
                }
            }
        }
    }

    private AuditEntry Entry(TenantId tenant, Guid id, Actor actor, string action, string? detail) =>
        AuditEntry.Of(time, scope: null, actor, action, id.ToString(), detail: detail) with { Tenant = tenant };
}
