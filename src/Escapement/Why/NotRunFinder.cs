using Escapement.Nodes;
using Escapement.Pausing;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>
/// Answers what the schedules of a tenant, or of all, should have run in a range and did not, by cause. An answer is of so many rows of the ledger, which an
/// index of what did not succeed finds, and goes on from there when it is asked to.
/// </summary>
internal sealed class NotRunFinder(
    IWhyStore store,
    IRunStore runs,
    IScheduleStore schedules,
    IPauseStore pauses,
    INodeStore nodes,
    NodeSilence silence,
    TimeProvider time)
{
    /// <summary>How many rows of the ledger one answer is of. They lie wherever the index leads, so a page is as slow as it is long.</summary>
    public const int MostRows = 250;

    /// <summary>How many schedules that are held it is of.</summary>
    public const int MostHeld = 1_000;

    /// <summary>How long a range may be.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    private const int MostOutages = 100;
    private const int MostMadeUp = 5_000;
    private const int LeastMadeUp = 20;
    private const int MostFilling = 50;

    /// <summary>The answer.</summary>
    /// <param name="tenant">Whose schedules; null for all tenants'.</param>
    /// <param name="from">From when on.</param>
    /// <param name="to">Up to when, exclusively.</param>
    /// <param name="after">The place from which on it goes on; null for the first answer, which alone has what is held now and what failed.</param>
    /// <param name="withFailed">Whether it is of runs that failed too.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<NotRun> FindAsync(
        TenantId? tenant, DateTimeOffset from, DateTimeOffset to, RunCursor? after, bool withFailed, CancellationToken cancellationToken = default)
    {
        var before = after is { } place && place.DueAt < to ? place : new RunCursor(to, new RunId(Guid.Empty));
        var page = RunPage.Of(await store.ListNotRunAsync(tenant, from, before, MostRows + 1, cancellationToken), lookedTo: null, MostRows);
        HeldSchedules? held = after is null ? await store.ListHeldAsync(tenant, MostHeld, cancellationToken) : null;
        var failed = withFailed && after is null ? await runs.ListAsync(FailedIn(tenant, from, to), cancellationToken) : new RunPage([], null);
        IReadOnlyList<Run> rows = [.. page.Runs, .. failed.Runs];
        var tenants = rows.Select(r => r.Scope.Tenant).Distinct().ToList();
        var groups = new NotRunGroups(from, to, time.GetUtcNow(), await nodes.ListOutagesAsync(from, to, MostOutages, cancellationToken))
        {
            IsOfAll = tenant is null,
            SilentAfter = silence.Limit,
            Pauses = tenant is null ? await pauses.ListAllAsync(cancellationToken) : await pauses.ListAsync(tenant, cancellationToken),
            MadeUp = tenants.Count == 0 ? [] : await store.ListMadeUpAsync(
                tenants, rows.Min(r => r.MissedFrom ?? r.DueAt), Math.Max(LeastMadeUp, MostMadeUp / tenants.Count), cancellationToken),
        };
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            groups.Add(row);
        }

        foreach (var schedule in held?.Some ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            groups.AddHeld(schedule);
        }

        return new NotRun(from, to, await NamedAsync(groups.Made(await FillingAsync(groups.Few, cancellationToken)), cancellationToken), page.Next)
        {
            Held = held?.Count ?? 0,
            HeldLookedAt = held?.Some.Count ?? 0,
            MoreFailed = failed.Next is not null,
        };
    }

    // A read each: of more of them it is left unsaid.
    private async ValueTask<IReadOnlyDictionary<ScheduleId, Backfill>> FillingAsync(
        IEnumerable<(InstallScope Scope, ScheduleId Schedule)> few, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ScheduleId, Backfill>();
        foreach (var (scope, schedule) in few.Take(MostFilling))
        {
            if ((await schedules.GetAsync(scope, schedule, cancellationToken))?.Waiting?.Backfill is { Left.Count: > 0 } backfill)
            {
                found.Add(schedule, backfill);
            }
        }

        return found;
    }

    private async ValueTask<IReadOnlyList<NotRunGroup>> NamedAsync(IReadOnlyList<NotRunGroup> groups, CancellationToken cancellationToken)
    {
        var shown = groups.SelectMany(g => g.Examples).Select(e => (e.Scope.Tenant, e.Schedule)).Distinct().ToList();
        var names = await schedules.NamesAsync(shown, cancellationToken);
        return [.. groups.Select(g => g with { Examples = [.. g.Examples.Select(e => e with { Name = names.GetValueOrDefault(e.Schedule)?.Name })] })];
    }

    private static RunQuery FailedIn(TenantId? tenant, DateTimeOffset from, DateTimeOffset to) =>
        new(tenant, Install: null, Schedule: null, Before: null, MostRows)
        {
            States = [RunState.Failed],
            Triggers = [RunTrigger.Schedule],
            From = from,
            To = to,
        };
}
