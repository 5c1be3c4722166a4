using Escapement.Audit;
using Escapement.Scheduling;

namespace Escapement.Installs;

/// <summary>The installs. Every change is one transaction with its audit entry.</summary>
internal interface IInstallStore
{
    /// <summary>Adds an install; a tenant has at most one of an extension.</summary>
    ValueTask<InstallOutcome> AddAsync(Install install, AuditEntry audit, CancellationToken cancellationToken = default);

    /// <summary>A tenant's installs, oldest first.</summary>
    ValueTask<IReadOnlyList<Install>> ListAsync(TenantId tenant, CancellationToken cancellationToken = default);

    /// <summary>One install, or null when the tenant has none of that id.</summary>
    ValueTask<Install?> GetAsync(InstallScope scope, CancellationToken cancellationToken = default);

    /// <summary>A tenant's install of an extension, or null.</summary>
    ValueTask<Install?> FindAsync(TenantId tenant, string extensionId, CancellationToken cancellationToken = default);

    /// <summary>Several installs at once, for the firing path; those that are gone are missing from the answer.</summary>
    ValueTask<IReadOnlyList<Install>> GetManyAsync(IReadOnlyCollection<InstallScope> scopes, CancellationToken cancellationToken = default);

    /// <summary>The versions that some tenant has installed and enabled.</summary>
    ValueTask<IReadOnlySet<VersionId>> ListEnabledVersionsAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Enables or disables. Each of its schedules becomes what <paramref name="change"/> makes of it, as far as the next occurrence is
    /// concerned, and whether it is enabled and why not. The function is pure and may be called more than once. Setting what is set already
    /// changes nothing.
    /// </summary>
    ValueTask<InstallOutcome> SetEnabledAsync(
        InstallScope scope,
        bool enabled,
        DateTimeOffset now,
        Func<Schedule, Schedule> change,
        AuditEntry audit,
        CancellationToken cancellationToken = default);

    /// <summary>Removes an install with its schedules. Queued runs are abandoned (<c>RunReason.InstallRemoved</c>); the ledger and the audit stay.</summary>
    ValueTask<InstallOutcome> RemoveAsync(InstallScope scope, DateTimeOffset now, AuditEntry audit, CancellationToken cancellationToken = default);
}
