using Escapement.Audit;
using Escapement.Installs;
using Escapement.Noting;
using Escapement.Scheduling;

namespace Escapement.Events;

/// <summary>The store of installs, which tells that schedules of one were changed, all of them at once.</summary>
internal sealed class ToldInstalls(IInstallStore inner, EventFeed feed) : IInstallStore
{
    public ValueTask<InstallOutcome> AddAsync(Install install, AuditEntry audit, CancellationToken cancellationToken) =>
        inner.AddAsync(install, audit, cancellationToken);

    public ValueTask<IReadOnlyList<Install>> ListOfExtensionAsync(string extensionId, string after, int limit, CancellationToken cancellationToken) =>
        inner.ListOfExtensionAsync(extensionId, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<Install>> ListAsync(TenantId tenant, CancellationToken cancellationToken) => inner.ListAsync(tenant, cancellationToken);

    public ValueTask<Install?> GetAsync(InstallScope scope, CancellationToken cancellationToken) => inner.GetAsync(scope, cancellationToken);

    public ValueTask<Install?> FindAsync(TenantId tenant, string extensionId, CancellationToken cancellationToken) =>
        inner.FindAsync(tenant, extensionId, cancellationToken);

    public ValueTask<IReadOnlyList<Install>> GetManyAsync(IReadOnlyCollection<InstallScope> scopes, CancellationToken cancellationToken) =>
        inner.GetManyAsync(scopes, cancellationToken);

    public ValueTask<IReadOnlySet<VersionId>> ListEnabledVersionsAsync(CancellationToken cancellationToken) =>
        inner.ListEnabledVersionsAsync(cancellationToken);

    public ValueTask NoteUsesAsync(IReadOnlyList<Use<InstalledCapability>> uses, CancellationToken cancellationToken) =>
        inner.NoteUsesAsync(uses, cancellationToken);

    public ValueTask<IReadOnlyList<Use<InstalledCapability>>> ListUsesAsync(InstallScope scope, CancellationToken cancellationToken) =>
        inner.ListUsesAsync(scope, cancellationToken);

    public async ValueTask<InstallOutcome> SetEnabledAsync(
        InstallScope scope,
        bool enabled,
        DateTimeOffset now,
        Func<Schedule, Schedule> change,
        AuditEntry audit,
        Func<Install, bool>? expected,
        CancellationToken cancellationToken) =>
        feed.Tell(await inner.SetEnabledAsync(scope, enabled, now, change, audit, expected, cancellationToken), scope, "changed");

    public async ValueTask<InstallOutcome> ChangeAsync(
        InstallScope scope,
        VersionId? target,
        Func<Install, IReadOnlyList<EndpointUse>, InstallChange> decide,
        AuditEntry audit,
        CancellationToken cancellationToken)
    {
        var outcome = await inner.ChangeAsync(scope, target, decide, audit, cancellationToken);

        // Grants are not the schedules'.
        return target is null ? outcome : feed.Tell(outcome, scope, "changed");
    }

    public async ValueTask<InstallOutcome> RemoveAsync(
        InstallScope scope, DateTimeOffset now, bool keep, AuditEntry audit, Func<Install, bool>? expected, CancellationToken cancellationToken) =>
        feed.Tell(await inner.RemoveAsync(scope, now, keep, audit, expected, cancellationToken), scope, "deleted");
}

/// <summary>The store of what was uninstalled, which tells of what comes back.</summary>
internal sealed class ToldRemovedInstalls(IRemovedInstallStore inner, EventFeed feed) : IRemovedInstallStore
{
    public ValueTask<IReadOnlyList<RemovedInstall>> ListAsync(
        TenantId tenant, DateTimeOffset since, RemovedInstallCursor behind, int limit, CancellationToken cancellationToken) =>
        inner.ListAsync(tenant, since, behind, limit, cancellationToken);

    public ValueTask<RemovedInstall?> FindAsync(InstallScope scope, DateTimeOffset since, CancellationToken cancellationToken) =>
        inner.FindAsync(scope, since, cancellationToken);

    public async ValueTask<InstallOutcome> RestoreAsync(
        InstallScope scope,
        DateTimeOffset since,
        Func<Install, IReadOnlyList<Schedule>, Result<IReadOnlyList<Schedule>>> change,
        AuditEntry audit,
        CancellationToken cancellationToken) =>
        feed.Tell(await inner.RestoreAsync(scope, since, change, audit, cancellationToken), scope, "restored");

    public ValueTask<InstallOutcome> PurgeAsync(InstallScope scope, DateTimeOffset since, AuditEntry audit, CancellationToken cancellationToken) =>
        inner.PurgeAsync(scope, since, audit, cancellationToken);
}

/// <summary>Tells of installs.</summary>
internal static class ToldInstall
{
    /// <summary>Tells what was done to the schedules of an install, if it was.</summary>
    public static InstallOutcome Tell(this EventFeed feed, InstallOutcome outcome, InstallScope scope, string what)
    {
        if (outcome is InstallOutcome.Done)
        {
            feed.Tell(new HostEvent(scope.Tenant, EventKind.Schedule, what, Id: null));
        }

        return outcome;
    }
}
