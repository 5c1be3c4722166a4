using System.Collections.Frozen;
using Escapement.Audit;
using Escapement.Compiling;
using Escapement.Extensions;
using Escapement.Scheduling;
using Escapement.Waking;

namespace Escapement.Installs;

/// <summary>Installing, enabling, disabling and removing extensions for a tenant (contract section 6). Each is one audited transaction.</summary>
public sealed class InstallOperations
{
    private readonly IInstallStore installs;
    private readonly IVersionStore versions;
    private readonly ICompilations compilations;
    private readonly WakeSignal wake;
    private readonly TimeProvider time;

    /// <summary>Makes the operations over a store.</summary>
    internal InstallOperations(IInstallStore installs, IVersionStore versions, ICompilations compilations, WakeSignal wake, TimeProvider time)
    {
        this.installs = installs;
        this.versions = versions;
        this.compilations = compilations;
        this.wake = wake;
        this.time = time;
    }

    /// <summary>Installs a version of an extension for a tenant.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="extensionId">The extension.</param>
    /// <param name="version">The version; null for the one published last.</param>
    /// <param name="capabilities">
    /// What to grant, of what the manifest declares; null for all of it but <see cref="Capability.SchedulerManage"/>, which is
    /// never granted by default.
    /// </param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<Result<InstalledExtension>> InstallAsync(
        TenantId tenant,
        string extensionId,
        string? version,
        IReadOnlyList<string>? capabilities,
        Actor actor,
        CancellationToken cancellationToken = default)
    {
        var found = version is null
            ? (await versions.ListAsync(cancellationToken)).Where(v => v.Manifest.Name == extensionId).MaxBy(v => v.PublishedAt)
            : await versions.FindAsync(extensionId, version, cancellationToken);
        if (found is not { WithdrawnAt: null })
        {
            var what = version is null ? $"Extension {extensionId}" : $"Version {version} of extension {extensionId}";
            return Refuse<InstalledExtension>(version is null ? "extensionId" : "version", "not-found", $"{what} is not published; publish its bundle first");
        }

        var declared = found.Manifest.Capabilities;
        var granted = capabilities?.Select(Capability.Normalise).ToFrozenSet() ?? declared.Where(c => c != Capability.SchedulerManage).ToFrozenSet();
        var undeclared = granted.Where(c => !declared.Contains(c)).Order(StringComparer.Ordinal)
            .Select(c => new Problem("capabilities", Capability.Known.Contains(c) ? "not-declared" : "unknown", Capability.Known.Contains(c)
                ? $"{c} cannot be granted because the manifest of {extensionId} {found.Manifest.Version} does not declare it"
                : $"{c} is not a capability that this host knows"))
            .ToList();
        if (undeclared.Count > 0)
        {
            return new Result<InstalledExtension>(undeclared);
        }

        if (await NotRunnableAsync(found, cancellationToken) is { } problem)
        {
            return new Result<InstalledExtension>([problem]);
        }

        var now = time.GetUtcNow();
        var install = new Install
        {
            Scope = new InstallScope(tenant, new InstallId(Ids.Next(time))),
            ExtensionId = extensionId,
            Version = found.Id,
            Enabled = true,
            Granted = granted,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var entry = Entry(
            install.Scope,
            actor,
            "install.add",
            $"{extensionId} {found.Manifest.Version}; granted: {string.Join(", ", granted.Order(StringComparer.Ordinal))}");
        return await installs.AddAsync(install, entry, cancellationToken) switch
        {
            InstallOutcome.Done done => new(new InstalledExtension(done.Install, found)),
            InstallOutcome.AlreadyInstalled other => Refuse<InstalledExtension>(
                "extensionId", "already-installed", $"{extensionId} is already installed for this tenant as {other.Existing}"),
            InstallOutcome.VersionWithdrawn => Refuse<InstalledExtension>(
                "version", "not-found", $"Version {found.Manifest.Version} of extension {extensionId} was withdrawn"),
            var unexpected => throw new InvalidOperationException($"An outcome that an installation cannot have: {unexpected}"),
        };
    }

    /// <summary>Enables an install, from its schedules' next occurrences on, or disables it, so that nothing of it fires.</summary>
    public async ValueTask<Result<Install>> SetEnabledAsync(InstallScope scope, bool enabled, Actor actor, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var earliest = DateTimeOffset.MaxValue;
        Schedule Change(Schedule schedule)
        {
            var after = enabled && schedule.Enabled ? NextOccurrence.Resume(schedule, now) : schedule with { NextDueAt = null };
            earliest = after.NextStartAt < earliest ? after.NextStartAt.Value : earliest;
            return after;
        }

        var outcome = await installs.SetEnabledAsync(
            scope, enabled, now, Change, Entry(scope, actor, enabled ? "install.enable" : "install.disable", detail: null), cancellationToken);
        wake.Announce(earliest);
        await ReviewCompilationAsync(outcome, enabled, cancellationToken);
        return Answer(outcome);
    }

    /// <summary>Removes an install and its schedules; the run ledger and the audit stay.</summary>
    public async ValueTask<Result<Install>> RemoveAsync(InstallScope scope, Actor actor, CancellationToken cancellationToken = default)
    {
        var outcome = await installs.RemoveAsync(scope, time.GetUtcNow(), Entry(scope, actor, "install.remove", detail: null), cancellationToken);
        compilations.Review();
        return Answer(outcome);
    }

    // Asking for it is a reason to compile it, though it was given up when nobody wanted it.
    private async ValueTask<Problem?> NotRunnableAsync(ExtensionVersion version, CancellationToken cancellationToken)
    {
        var name = $"{version.Manifest.Name} {version.Manifest.Version}";
        var compilation = await compilations.GetAsync(version, cancellationToken);
        if (compilation.State == CompilationState.Refused)
        {
            return new Problem(
                "version",
                "component-refused",
                $"{name} cannot run on this host, and publishing a corrected version is the remedy: {compilation.Reason}");
        }

        if (compilation.State == CompilationState.Compiled)
        {
            return null;
        }

        compilations.Want(version, CompileFor.Publisher);
        return new Problem(
            "version",
            "compiling",
            $"The component of {name} is not compiled yet. Install it again when the version's compilation says compiled; that takes seconds");
    }

    // What is enabled is wanted, what is not may be wanted by nobody any more.
    private async ValueTask ReviewCompilationAsync(InstallOutcome outcome, bool enabled, CancellationToken cancellationToken)
    {
        if (!enabled)
        {
            compilations.Review();
        }
        else if (outcome is InstallOutcome.Done { Install.Version: var id }
            && await versions.GetAsync(id, cancellationToken) is { } version
            && (await compilations.GetAsync(version, cancellationToken)).State < CompilationState.Compiled)
        {
            compilations.Want(version, CompileFor.Runs);
        }
    }

    private static Result<T> Refuse<T>(string path, string code, string message) => new([new Problem(path, code, message)]);

    private static Result<Install> Answer(InstallOutcome outcome) => outcome switch
    {
        InstallOutcome.Done done => new(done.Install),
        _ => Refuse<Install>("installId", "not-found", "This tenant has no such install"),
    };

    private AuditEntry Entry(InstallScope scope, Actor actor, string action, string? detail) =>
        AuditEntry.Of(time, scope, actor, action, scope.Install.ToString(), detail: detail);
}
