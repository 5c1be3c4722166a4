using Escapement.Audit;
using Escapement.Noting;
using Escapement.Scheduling;

namespace Escapement.Installs;

/// <summary>The installs. Every change is one transaction with its audit entry.</summary>
internal interface IInstallStore
{
    /// <summary>Adds an install; a tenant has at most one of an extension.</summary>
    ValueTask<InstallOutcome> AddAsync(Install install, AuditEntry audit, CancellationToken cancellationToken = default);

    /// <summary>All tenants' installs of an extension, by tenant: those of tenants behind one, at most so many.</summary>
    ValueTask<IReadOnlyList<Install>> ListOfExtensionAsync(string extensionId, string after, int limit, CancellationToken cancellationToken = default);

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

    /// <summary>Notes when installs last used capabilities; a use that is older than what is noted changes nothing.</summary>
    ValueTask NoteUsesAsync(IReadOnlyList<Use<InstalledCapability>> uses, CancellationToken cancellationToken = default);

    /// <summary>What an install has used of its capabilities, and when last.</summary>
    ValueTask<IReadOnlyList<Use<InstalledCapability>>> ListUsesAsync(InstallScope scope, CancellationToken cancellationToken = default);

    /// <summary>
    /// Enables or disables. Each of its schedules becomes what <paramref name="change"/> makes of it, as far as the next occurrence is
    /// concerned, and whether it is enabled and why not. The function is pure and may be called more than once. Setting what is set already
    /// changes nothing. If <paramref name="expected"/> says that the install is not as its caller saw it, nothing is changed.
    /// </summary>
    ValueTask<InstallOutcome> SetEnabledAsync(
        InstallScope scope,
        bool enabled,
        DateTimeOffset now,
        Func<Schedule, Schedule> change,
        AuditEntry audit,
        Func<Install, bool>? expected = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Changes an install's version or grants into what <paramref name="decide"/> makes of it and of what its schedules call, both as they are
    /// inside the transaction, which holds the install, and so keeps its schedules from being changed. The function is pure and may be called more
    /// than once. The entry says what it says.
    /// </summary>
    /// <param name="scope">The install.</param>
    /// <param name="target">A version that it is to be of, and that may not be withdrawn; null when the version stays.</param>
    /// <param name="decide">What becomes of it.</param>
    /// <param name="audit">Who asked for what.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<InstallOutcome> ChangeAsync(
        InstallScope scope,
        VersionId? target,
        Func<Install, IReadOnlyList<EndpointUse>, InstallChange> decide,
        AuditEntry audit,
        CancellationToken cancellationToken = default);

    /// <summary>Removes an install with its schedules. Queued runs are abandoned (<c>RunReason.InstallRemoved</c>); the ledger and the audit stay.</summary>
    /// <param name="scope">The install.</param>
    /// <param name="now">The instant.</param>
    /// <param name="keep">Whether it is kept apart, with its schedules, so that it can be restored.</param>
    /// <param name="audit">Who asked.</param>
    /// <param name="expected">Whether it is as the caller saw it; null when it may be anything.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<InstallOutcome> RemoveAsync(
        InstallScope scope,
        DateTimeOffset now,
        bool keep,
        AuditEntry audit,
        Func<Install, bool>? expected = null,
        CancellationToken cancellationToken = default);
}
