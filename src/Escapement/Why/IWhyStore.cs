using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>What is kept around an instant. Each read is a bounded number of statements, each of them by an index.</summary>
internal interface IWhyStore
{
    /// <summary>How many definitions, rows and runs on each side of an instant are looked at.</summary>
    const int Most = 8;

    /// <summary>What is kept of a schedule around an instant, also of one that was deleted or uninstalled; nothing when the install has none such.</summary>
    ValueTask<WhyRows> ReadAsync(InstallScope scope, ScheduleId schedule, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>
    /// Some of the schedules of a tenant, or of all, that pauses hold since they came due, at most so many, without their payloads; and how many there are.
    /// </summary>
    ValueTask<HeldSchedules> ListHeldAsync(TenantId? tenant, int limit, CancellationToken cancellationToken = default);

    /// <summary>Rows of what was skipped, missed or given up, the latest first, without what only one of them tells.</summary>
    /// <param name="tenant">Whose; null for all tenants'.</param>
    /// <param name="from">From when on.</param>
    /// <param name="before">Up to which place, exclusively.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<Run>> ListNotRunAsync(
        TenantId? tenant, DateTimeOffset from, RunCursor before, int limit, CancellationToken cancellationToken = default);

    /// <summary>What became of a backfill of a schedule, or of its latest one; null when the ledger has no run of it.</summary>
    ValueTask<BackfillSummary?> SumBackfillAsync(
        InstallScope scope, ScheduleId schedule, RunAsk? of = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Which occurrences runs of some tenants have made up for since an instant with success, the latest of a tenant first, at most so many of each.
    /// </summary>
    ValueTask<IReadOnlyList<MadeUpOccurrence>> ListMadeUpAsync(
        IReadOnlyCollection<TenantId> tenants, DateTimeOffset from, int each, CancellationToken cancellationToken = default);

    /// <summary>What else happened around it.</summary>
    /// <param name="scope">The install.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="span">Of which times.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<WhyAround> ReadAroundAsync(InstallScope scope, ScheduleId schedule, WhySpan span, CancellationToken cancellationToken = default);
}

/// <summary>Schedules that pauses hold.</summary>
/// <param name="Some">Some of them.</param>
/// <param name="Count">How many there are.</param>
internal sealed record HeldSchedules(IReadOnlyList<Schedule> Some, int Count);

/// <summary>An occurrence that a later run made up for.</summary>
internal readonly record struct MadeUpOccurrence(ScheduleId Schedule, DateTimeOffset At);
