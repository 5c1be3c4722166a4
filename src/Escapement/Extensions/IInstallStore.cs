using Escapement.Audit;
using Escapement.Scheduling;

namespace Escapement.Extensions;

/// <summary>The published versions, which are the same for all tenants.</summary>
public interface IVersionStore
{
    /// <summary>Adds a version with its bundle and endpoints. The same bundle again answers the version that is there.</summary>
    ValueTask<PublishOutcome> PublishAsync(ExtensionVersion version, ReadOnlyMemory<byte> bundle, AuditEntry audit, CancellationToken cancellationToken = default);

    /// <summary>All versions of all extensions, by extension then publication.</summary>
    ValueTask<IReadOnlyList<ExtensionVersion>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>One version, or null.</summary>
    ValueTask<ExtensionVersion?> GetAsync(VersionId id, CancellationToken cancellationToken = default);

    /// <summary>One version by its names, or null.</summary>
    ValueTask<ExtensionVersion?> FindAsync(string extensionId, string version, CancellationToken cancellationToken = default);

    /// <summary>The bytes of a version's bundle, or null.</summary>
    ValueTask<byte[]?> GetBundleAsync(VersionId id, CancellationToken cancellationToken = default);
}

/// <summary>How a publication ended.</summary>
public abstract record PublishOutcome
{
    private PublishOutcome()
    {
    }

    /// <summary>It is published now, or was already with the same bytes.</summary>
    /// <param name="Version">As it is stored.</param>
    /// <param name="IsNew">Whether this call stored it.</param>
    public sealed record Published(ExtensionVersion Version, bool IsNew) : PublishOutcome;

    /// <summary>The version number is taken by other bytes; versions are immutable.</summary>
    public sealed record OtherBytes(ExtensionVersion Existing) : PublishOutcome;
}

/// <summary>The installs. Every change is one transaction with its audit entry.</summary>
public interface IInstallStore
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

    /// <summary>
    /// Enables or disables. Disabling takes <see cref="Schedule.NextDueAt"/> from its schedules; enabling sets it anew by
    /// <paramref name="next"/> for each enabled schedule, and disables one that is broken, with the text as its last error. The
    /// function is pure and may be called more than once. Setting what is set already changes nothing.
    /// </summary>
    ValueTask<InstallOutcome> SetEnabledAsync(InstallScope scope, bool enabled, DateTimeOffset now, Func<Schedule, NextOccurrence> next, AuditEntry audit, CancellationToken cancellationToken = default);

    /// <summary>Removes an install with its schedules. Queued runs are abandoned (<see cref="Firing.RunReason.InstallRemoved"/>); the ledger and the audit stay.</summary>
    ValueTask<InstallOutcome> RemoveAsync(InstallScope scope, DateTimeOffset now, AuditEntry audit, CancellationToken cancellationToken = default);
}

/// <summary>How a change of an install ended.</summary>
public abstract record InstallOutcome
{
    private InstallOutcome()
    {
    }

    /// <summary>Done; for a removal, as it was before.</summary>
    public sealed record Done(Install Install) : InstallOutcome;

    /// <summary>The tenant has no such install.</summary>
    public sealed record NotFound : InstallOutcome;

    /// <summary>The tenant has this extension already.</summary>
    public sealed record AlreadyInstalled(InstallId Existing) : InstallOutcome;
}
