using System.Collections.Concurrent;
using Escapement.Audit;
using Escapement.Firing;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Installs;
using Escapement.Noting;
using Escapement.Scheduling;

namespace Escapement;

/// <summary>The engine's side of the store, with a test's own steps before and after each call: it can fail, hang or take its time.</summary>
internal sealed class HookedClaims(IClaimStore inner) : IClaimStore
{
    /// <summary>Called with the operation's name before it; what it throws is what the engine gets.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called with the operation's name after it, before the engine gets the answer.</summary>
    public Func<string, Task> After { get; set; } = _ => Task.CompletedTask;

    /// <summary>Every lease that was asked for beyond the claim's.</summary>
    public ConcurrentQueue<DateTimeOffset> ExtendedUntil { get; } = new();

    public int PartOf(TenantId? tenant) => inner.PartOf(tenant);

    public ValueTask<DateTimeOffset?> PeekAsync(DateTimeOffset after, CancellationToken cancellationToken = default) =>
        HookAsync(nameof(PeekAsync), () => inner.PeekAsync(after, cancellationToken));

    public ValueTask<ClaimedBatch> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default) =>
        HookAsync(nameof(ClaimAsync), () => inner.ClaimAsync(request, cancellationToken));

    public ValueTask<IReadOnlyList<RunId>> ExtendLeasesAsync(
        IReadOnlyList<LeasedRun> runs, DateTimeOffset until, DateTimeOffset? latest, CancellationToken cancellationToken = default)
    {
        ExtendedUntil.Enqueue(until);
        return HookAsync(nameof(ExtendLeasesAsync), () => inner.ExtendLeasesAsync(runs, until, latest, cancellationToken));
    }

    public ValueTask<RecoveredRuns> RecoverAsync(RecoveryRequest request, CancellationToken cancellationToken = default) =>
        HookAsync(nameof(RecoverAsync), () => inner.RecoverAsync(request, cancellationToken));

    public ValueTask<IReadOnlyList<RunId>> RecordAsync(IReadOnlyList<AttemptOutcome> outcomes, CancellationToken cancellationToken = default) =>
        HookAsync(nameof(RecordAsync), () => inner.RecordAsync(outcomes, cancellationToken));

    private async ValueTask<T> HookAsync<T>(string operation, Func<ValueTask<T>> call)
    {
        await Before(operation);
        var answer = await call();
        await After(operation);
        return answer;
    }
}

/// <summary>The installs as the firing path reads them, with a test's own step before each look.</summary>
internal sealed class HookedInstalls(IInstallStore inner) : IInstallStore
{
    /// <summary>Called with what is looked up; what it throws is what the engine gets.</summary>
    public Func<IReadOnlyCollection<InstallScope>, Task> Before { get; set; } = _ => Task.CompletedTask;

    public async ValueTask<IReadOnlyList<Install>> GetManyAsync(IReadOnlyCollection<InstallScope> scopes, CancellationToken cancellationToken = default)
    {
        await Before(scopes);
        return await inner.GetManyAsync(scopes, cancellationToken);
    }

    public ValueTask<InstallOutcome> AddAsync(Install install, AuditEntry audit, CancellationToken cancellationToken = default) =>
        inner.AddAsync(install, audit, cancellationToken);

    public ValueTask<IReadOnlyList<Install>> ListOfExtensionAsync(
        string extensionId, string after, int limit, CancellationToken cancellationToken = default) =>
        inner.ListOfExtensionAsync(extensionId, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<Install>> ListAsync(TenantId tenant, CancellationToken cancellationToken = default) =>
        inner.ListAsync(tenant, cancellationToken);

    public ValueTask<Install?> GetAsync(InstallScope scope, CancellationToken cancellationToken = default) => inner.GetAsync(scope, cancellationToken);

    public ValueTask<Install?> FindAsync(TenantId tenant, string extensionId, CancellationToken cancellationToken = default) =>
        inner.FindAsync(tenant, extensionId, cancellationToken);

    public ValueTask<IReadOnlySet<VersionId>> ListEnabledVersionsAsync(CancellationToken cancellationToken = default) =>
        inner.ListEnabledVersionsAsync(cancellationToken);

    public ValueTask NoteUsesAsync(IReadOnlyList<Use<InstalledCapability>> uses, CancellationToken cancellationToken = default) =>
        inner.NoteUsesAsync(uses, cancellationToken);

    public ValueTask<IReadOnlyList<Use<InstalledCapability>>> ListUsesAsync(InstallScope scope, CancellationToken cancellationToken = default) =>
        inner.ListUsesAsync(scope, cancellationToken);

    public ValueTask<InstallOutcome> SetEnabledAsync(
        InstallScope scope,
        bool enabled,
        DateTimeOffset now,
        Func<Schedule, Schedule> change,
        AuditEntry audit,
        Func<Install, bool>? expected = null,
        CancellationToken cancellationToken = default) =>
        inner.SetEnabledAsync(scope, enabled, now, change, audit, expected, cancellationToken);

    public ValueTask<InstallOutcome> ChangeAsync(
        InstallScope scope,
        VersionId? target,
        Func<Install, IReadOnlyList<EndpointUse>, InstallChange> decide,
        AuditEntry audit,
        CancellationToken cancellationToken = default) =>
        inner.ChangeAsync(scope, target, decide, audit, cancellationToken);

    public ValueTask<InstallOutcome> RemoveAsync(
        InstallScope scope,
        DateTimeOffset now,
        bool keep,
        AuditEntry audit,
        Func<Install, bool>? expected = null,
        CancellationToken cancellationToken = default) =>
        inner.RemoveAsync(scope, now, keep, audit, expected, cancellationToken);
}
