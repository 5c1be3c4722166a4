using Escapement.Nodes;
using Escapement.Pausing;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>
/// Answers what a tenant's schedules should have run in a range and did not, by cause. An answer is of so many rows of the ledger, which an index of
/// what did not succeed finds, and goes on from there when it is asked to.
/// </summary>
internal sealed class NotRunFinder(IWhyStore store, IScheduleStore schedules, IPauseStore pauses, INodeStore nodes, TimeProvider time)
{
    /// <summary>How many rows of the ledger one answer is of. They lie wherever the index leads, so a page is as slow as it is long.</summary>
    public const int MostRows = 250;

    /// <summary>How many schedules that are held it is of.</summary>
    public const int MostHeld = 1_000;

    /// <summary>How long a range may be.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    private const int MostOutages = 100;
    private const int MostMadeUp = 5_000;

    /// <summary>The answer.</summary>
    /// <param name="tenant">Whose schedules.</param>
    /// <param name="from">From when on.</param>
    /// <param name="to">Up to when, exclusively.</param>
    /// <param name="after">The place from which on it goes on; null for the first answer, which alone has what is held now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<NotRun> FindAsync(
        TenantId tenant, DateTimeOffset from, DateTimeOffset to, RunCursor? after, CancellationToken cancellationToken = default)
    {
        var before = after is { } place && place.DueAt < to ? place : new RunCursor(to, new RunId(Guid.Empty));
        var page = RunPage.Of(await store.ListNotRunAsync(tenant, from, before, MostRows + 1, cancellationToken), lookedTo: null, MostRows);
        HeldSchedules? held = after is null ? await store.ListHeldAsync(tenant, MostHeld, cancellationToken) : null;
        var groups = new NotRunGroups(from, to, time.GetUtcNow(), await nodes.ListOutagesAsync(from, to, MostOutages, cancellationToken))
        {
            Pauses = await pauses.ListAsync(tenant, cancellationToken),
            MadeUp = page.Runs.Count == 0 ? [] : await store.ListMadeUpAsync(
                tenant, page.Runs.Min(r => r.MissedFrom ?? r.DueAt), MostMadeUp, cancellationToken),
        };
        foreach (var row in page.Runs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            groups.Add(row);
        }

        foreach (var schedule in held?.Some ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            groups.AddHeld(schedule);
        }

        return new NotRun(from, to, await NamedAsync(tenant, groups.Made(), cancellationToken), page.Next) { Held = held?.Count ?? 0, HeldLookedAt = held?.Some.Count ?? 0 };
    }

    private async ValueTask<IReadOnlyList<NotRunGroup>> NamedAsync(
        TenantId tenant, IReadOnlyList<NotRunGroup> groups, CancellationToken cancellationToken)
    {
        var shown = groups.SelectMany(g => g.Examples).Select(e => (tenant, e.Schedule)).Distinct().ToList();
        var names = await schedules.NamesAsync(shown, cancellationToken);
        return [.. groups.Select(g => g with { Examples = [.. g.Examples.Select(e => e with { Name = names.GetValueOrDefault(e.Schedule) })] })];
    }
}
