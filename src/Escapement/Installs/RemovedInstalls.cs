using Escapement.Audit;
using Escapement.Compiling;
using Escapement.Extensions;
using Escapement.Repeats;
using Escapement.Scheduling;
using Escapement.Waking;

namespace Escapement.Installs;

/// <summary>What a tenant uninstalled: listing it, bringing it back with its ids, and removing it for good (contract section 6).</summary>
internal sealed class RemovedInstalls(
    IRemovedInstallStore store,
    IInstallStore installs,
    IVersionStore published,
    VersionCatalog versions,
    ICompilations compilations,
    ScheduleLimits limits,
    WakeSignal wake,
    TimeProvider time)
{
    private static readonly Problem NotKept = new("installId", "not-found", "This tenant has uninstalled no such install, or too long ago");

    /// <summary>What can be restored, the latest first: those behind a place, at most so many.</summary>
    public ValueTask<IReadOnlyList<RemovedInstall>> ListAsync(
        TenantId tenant, RemovedInstallCursor? behind, int limit, CancellationToken cancellationToken = default) =>
        store.ListAsync(tenant, Since, behind ?? RemovedInstallCursor.Start, limit, cancellationToken);

    /// <summary>One that can be restored, or null.</summary>
    public ValueTask<RemovedInstall?> FindAsync(InstallScope scope, CancellationToken cancellationToken = default) =>
        store.FindAsync(scope, Since, cancellationToken);

    /// <summary>Until when something can be restored that was removed at an instant.</summary>
    public DateTimeOffset Until(DateTimeOffset removedAt) => removedAt + limits.RestorableFor;

    /// <summary>
    /// Brings an install back as it was, with its schedules, which count from now. Not while the extension is installed again, nor when its
    /// version was withdrawn.
    /// </summary>
    public async ValueTask<Result<InstalledExtension>> RestoreAsync(InstallScope scope, Actor actor, CancellationToken cancellationToken = default)
    {
        // Looked up before, so that all of the answer is known inside the transaction, where it may be kept. Versions are never removed.
        var kept = await FindAsync(scope, cancellationToken);
        var version = kept is null ? null : await versions.GetAsync(kept.Install.Version, cancellationToken);
        if (version is null)
        {
            return new([NotKept]);
        }

        Result<InstalledExtension> Answered(InstallOutcome outcome) =>
            outcome is InstallOutcome.Done done ? new(new InstalledExtension(done.Install, version)) : new([ProblemOf(outcome)]);

        AnswerKeeping.Translate<InstallOutcome, Result<InstalledExtension>>(Answered);
        return Answered(await RestoreAsync(scope, Entry(scope, actor, "install.restore"), cancellationToken));
    }

    /// <summary>The same, with the audit entry that it leaves.</summary>
    public async ValueTask<InstallOutcome> RestoreAsync(InstallScope scope, AuditEntry entry, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var earliest = DateTimeOffset.MaxValue;
        Result<IReadOnlyList<Schedule>> Change(Install install, IReadOnlyList<Schedule> schedules)
        {
            if (schedules.Count > limits.MaxPerInstall)
            {
                return new([TooMany(schedules.Count)]);
            }

            List<Schedule> back = [.. schedules.Select(s => Restoring.Of(s, now)).Select(s => install.Enabled ? s : s with { NextDueAt = null })];
            earliest = back.Min(s => s.ClaimAt) ?? DateTimeOffset.MaxValue;
            return new(back);
        }

        var outcome = await store.RestoreAsync(scope, Since, Change, entry, cancellationToken);
        if (outcome is InstallOutcome.Done { Install: var back })
        {
            wake.Announce(earliest);
            if (back.Enabled
                && await versions.GetAsync(back.Version, cancellationToken) is { } version
                && (await compilations.GetAsync(version, cancellationToken)).RunsWait)
            {
                compilations.Want(version, CompileFor.Runs);
            }
        }

        return outcome;
    }

    /// <summary>What an install would not come back for as things are; null when it would. Restoring looks again.</summary>
    public async ValueTask<InstallOutcome?> FindClashAsync(InstallScope scope, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(scope, cancellationToken) is not { } kept)
        {
            return new InstallOutcome.NotFound();
        }

        return await installs.FindAsync(scope.Tenant, kept.Install.ExtensionId, cancellationToken) is { } other
            ? new InstallOutcome.AlreadyInstalled(other.Scope.Install)
            : await published.GetAsync(kept.Install.Version, cancellationToken) is { WithdrawnAt: not null } ? new InstallOutcome.VersionWithdrawn()
            : kept.Schedules > limits.MaxPerInstall ? new InstallOutcome.Refused([TooMany(kept.Schedules)])
            : null;
    }

    /// <summary>Why an install does not come back.</summary>
    public static Problem ProblemOf(InstallOutcome outcome) => outcome switch
    {
        InstallOutcome.AlreadyInstalled other => new Problem(
            "extensionId", "already-installed", $"The extension is installed again for this tenant, as {other.Existing}; uninstall that first"),
        InstallOutcome.VersionWithdrawn => new Problem(
            "version", "version-withdrawn", "Its version was withdrawn meanwhile; it can come back when the same bundle is published again"),
        InstallOutcome.Refused refused => refused.Problems[0],
        _ => NotKept,
    };

    /// <summary>Removes what is kept of an install for good.</summary>
    public async ValueTask<Result<Install>> PurgeAsync(InstallScope scope, Actor actor, CancellationToken cancellationToken = default) =>
        await store.PurgeAsync(scope, Since, Entry(scope, actor, "install.purge"), cancellationToken) is InstallOutcome.Done done
            ? new(done.Install)
            : new([NotKept]);

    private Problem TooMany(int schedules) =>
        new("schedules", "quota-exceeded", $"It had {schedules} schedules, and {ScheduleMessages.TooMany(limits.MaxPerInstall)}");

    private DateTimeOffset Since => time.GetUtcNow() - limits.RestorableFor;

    private AuditEntry Entry(InstallScope scope, Actor actor, string action) => AuditEntry.Of(time, scope, actor, action, scope.Install.ToString());
}
