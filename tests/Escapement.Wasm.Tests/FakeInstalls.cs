using Escapement.Audit;
using Escapement.Installs;
using Escapement.Noting;
using Escapement.Scheduling;

namespace Escapement.Wasm.Tests;

/// <summary>Installs as far as compilations ask for them: the versions that are enabled.</summary>
internal sealed class FakeInstalls : IInstallStore
{
    public HashSet<VersionId> Enabled { get; } = [];

    public ValueTask<IReadOnlySet<VersionId>> ListEnabledVersionsAsync(CancellationToken cancellationToken) => new(Enabled.ToHashSet());

    public ValueTask NoteUsesAsync(IReadOnlyList<Use<InstalledCapability>> uses, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Use<InstalledCapability>>> ListUsesAsync(InstallScope scope, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<InstallOutcome> AddAsync(Install install, AuditEntry audit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Install>> ListOfExtensionAsync(string extensionId, string after, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Install>> ListAsync(TenantId tenant, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Install?> GetAsync(InstallScope scope, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Install?> FindAsync(TenantId tenant, string extensionId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Install>> GetManyAsync(IReadOnlyCollection<InstallScope> scopes, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<InstallOutcome> SetEnabledAsync(
        InstallScope scope,
        bool enabled,
        DateTimeOffset now,
        Func<Schedule, Schedule> change,
        AuditEntry audit,
        Func<Install, bool>? expected,
        CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<InstallOutcome> ChangeAsync(
        InstallScope scope,
        VersionId? target,
        Func<Install, IReadOnlyList<EndpointUse>, InstallChange> decide,
        AuditEntry audit,
        CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<InstallOutcome> RemoveAsync(
        InstallScope scope, DateTimeOffset now, bool keep, AuditEntry audit, Func<Install, bool>? expected, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
