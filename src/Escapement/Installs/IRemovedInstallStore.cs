using Escapement.Audit;
using Escapement.Scheduling;

namespace Escapement.Installs;

/// <summary>What was uninstalled, for as long as it can be restored. Every change is one transaction with its audit entry.</summary>
internal interface IRemovedInstallStore
{
    /// <summary>A tenant's, the latest first.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="since">Only what was uninstalled from this instant on.</param>
    /// <param name="behind">Only those behind this place.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<RemovedInstall>> ListAsync(
        TenantId tenant, DateTimeOffset since, RemovedInstallCursor behind, int limit, CancellationToken cancellationToken = default);

    /// <summary>One of them; null when there is none such, or it was uninstalled before an instant.</summary>
    ValueTask<RemovedInstall?> FindAsync(InstallScope scope, DateTimeOffset since, CancellationToken cancellationToken = default);

    /// <summary>
    /// Brings an install back with its schedules and all ids, unless the extension is installed again, its version was withdrawn, or
    /// <paramref name="change"/> refuses.
    /// </summary>
    /// <param name="scope">The install.</param>
    /// <param name="since">Only if it was uninstalled from this instant on.</param>
    /// <param name="change">What the schedules come back as, or why they cannot; pure, and may be called more than once.</param>
    /// <param name="audit">Who asked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<InstallOutcome> RestoreAsync(
        InstallScope scope,
        DateTimeOffset since,
        Func<Install, IReadOnlyList<Schedule>, Result<IReadOnlyList<Schedule>>> change,
        AuditEntry audit,
        CancellationToken cancellationToken = default);

    /// <summary>Removes what is kept of an install for good; the ledger and the audit stay.</summary>
    ValueTask<InstallOutcome> PurgeAsync(InstallScope scope, DateTimeOffset since, AuditEntry audit, CancellationToken cancellationToken = default);
}
