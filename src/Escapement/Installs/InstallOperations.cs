using System.Collections.Frozen;
using Escapement.Audit;
using Escapement.Compiling;
using Escapement.Extensions;
using Escapement.Repeats;
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
    private readonly ScheduleLimits limits;

    /// <summary>Makes the operations over a store.</summary>
    internal InstallOperations(
        IInstallStore installs, IVersionStore versions, ICompilations compilations, WakeSignal wake, TimeProvider time, ScheduleLimits limits)
    {
        this.limits = limits;
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
            ? await VersionNames.LastAsync(versions, extensionId, cancellationToken)
            : await versions.FindAsync(extensionId, version, cancellationToken);
        if (found is not { WithdrawnAt: null })
        {
            return new Result<InstalledExtension>([await VersionNames.NotPublishedAsync(versions, extensionId, version, cancellationToken)]);
        }

        var granted = capabilities is null
            ? new(found.Manifest.Capabilities.Where(c => c != Capability.SchedulerManage).ToFrozenSet(StringComparer.Ordinal))
            : Grants.Of(capabilities, found);
        if (!granted.IsOk)
        {
            return new Result<InstalledExtension>(granted.Problems);
        }

        if (await RunnableVersion.ProblemAsync(compilations, found, cancellationToken) is { } problem)
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
            Granted = granted.Value,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var entry = Entry(
            install.Scope,
            actor,
            "install.add",
            $"{extensionId} {found.Manifest.Version}; granted: {Grants.Say(granted.Value)}");
        Result<InstalledExtension> Answered(InstallOutcome outcome) => outcome switch
        {
            InstallOutcome.Done done => new(new InstalledExtension(done.Install, found)),
            InstallOutcome.AlreadyInstalled other => Refuse<InstalledExtension>(
                "extensionId", "already-installed", $"{extensionId} is already installed for this tenant as {other.Existing}"),
            InstallOutcome.VersionWithdrawn => new Result<InstalledExtension>([VersionNames.Withdrawn(found)]),
            var unexpected => throw new InvalidOperationException($"An outcome that an installation cannot have: {unexpected}"),
        };

        AnswerKeeping.Translate<InstallOutcome, Result<InstalledExtension>>(Answered);
        var answered = Answered(await installs.AddAsync(install, entry, cancellationToken));
        if (answered.IsOk && (await compilations.GetAsync(found, cancellationToken)).RunsWait)
        {
            // So that the first run need not wait for it.
            compilations.Want(found, CompileFor.Runs);
        }

        return answered;
    }

    /// <summary>Enables an install, from its schedules' next occurrences on, or disables it, so that nothing of it fires.</summary>
    /// <param name="scope">The install.</param>
    /// <param name="enabled">Which of the two.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="expected">Whether the install is as the caller saw it, asked inside the change's transaction; null when it may be anything.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<Result<Install>> SetEnabledAsync(
        InstallScope scope, bool enabled, Actor actor, Func<Install, bool>? expected = null, CancellationToken cancellationToken = default)
    {
        return Answer(await SetEnabledAsync(
            scope, enabled, Entry(scope, actor, enabled ? "install.enable" : "install.disable", detail: null), expected, cancellationToken));
    }

    /// <summary>The same, with the audit entry that it leaves.</summary>
    internal async ValueTask<InstallOutcome> SetEnabledAsync(
        InstallScope scope, bool enabled, AuditEntry entry, Func<Install, bool>? expected, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var earliest = DateTimeOffset.MaxValue;
        Schedule Change(Schedule schedule)
        {
            var after = enabled && schedule.Enabled ? NextOccurrence.Resume(schedule, now) : schedule with { NextDueAt = null };
            earliest = after.NextStartAt < earliest ? after.NextStartAt.Value : earliest;
            return after;
        }

        var outcome = await installs.SetEnabledAsync(scope, enabled, now, Change, entry, expected, cancellationToken);
        wake.Announce(earliest);
        await ReviewCompilationAsync(outcome, enabled, cancellationToken);
        return outcome;
    }

    /// <summary>
    /// Grants an install what is given here and nothing else, from the next run on: those that are under way go on with what was granted when
    /// they began.
    /// </summary>
    /// <param name="installed">The install.</param>
    /// <param name="capabilities">All that is to be granted, of what the manifest declares.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="expected">Whether the install is as the caller saw it, asked inside the change's transaction; null when it may be anything.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<Result<Install>> ChangeGrantsAsync(
        InstalledExtension installed,
        IReadOnlyList<string> capabilities,
        Actor actor,
        Func<Install, bool>? expected = null,
        CancellationToken cancellationToken = default)
    {
        var (install, version) = installed;
        var granted = Grants.Of(capabilities, version);
        if (!granted.IsOk)
        {
            return new Result<Install>(granted.Problems);
        }

        var now = time.GetUtcNow();
        InstallChange Change(Install current) => expected?.Invoke(current) == false ? InstallChange.Refuse(InstallOutcome.ChangedMeanwhile.Problems)
            : current.Version != version.Id
            ? InstallChange.Refuse([new Problem("version", "upgraded-meanwhile", "The install became another version meanwhile; look at what that asks for")])
            : InstallChange.To(
                current.Granted.SetEquals(granted.Value) ? current : current with { Granted = granted.Value, UpdatedAt = now },
                $"granted: {Grants.SayChange(current.Granted, granted.Value)}");

        return Answer(await installs.ChangeAsync(
            install.Scope, target: null, (current, _) => Change(current), Entry(install.Scope, actor, "install.grant", detail: null), cancellationToken));
    }

    /// <summary>Removes an install and its schedules; the run ledger and the audit stay. It can be restored for a time.</summary>
    /// <param name="scope">The install.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="expected">Whether the install is as the caller saw it, asked inside the change's transaction; null when it may be anything.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<Result<Install>> RemoveAsync(
        InstallScope scope, Actor actor, Func<Install, bool>? expected = null, CancellationToken cancellationToken = default)
    {
        return Answer(await RemoveAsync(scope, Entry(scope, actor, "install.remove", detail: null), expected, cancellationToken));
    }

    /// <summary>The same, with the audit entry that it leaves.</summary>
    internal async ValueTask<InstallOutcome> RemoveAsync(
        InstallScope scope, AuditEntry entry, Func<Install, bool>? expected, CancellationToken cancellationToken)
    {
        var keep = limits.RestorableFor > TimeSpan.Zero;
        var outcome = await installs.RemoveAsync(scope, time.GetUtcNow(), keep, entry, expected, cancellationToken);
        compilations.Review();
        return outcome;
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
            && (await compilations.GetAsync(version, cancellationToken)).RunsWait)
        {
            compilations.Want(version, CompileFor.Runs);
        }
    }

    private static Result<T> Refuse<T>(string path, string code, string message) => new([new Problem(path, code, message)]);

    private static Result<Install> Answer(InstallOutcome outcome) => outcome switch
    {
        InstallOutcome.Done done => new(done.Install),
        InstallOutcome.Refused refused => new(refused.Problems),
        _ => Refuse<Install>("installId", "not-found", "This tenant has no such install"),
    };

    private AuditEntry Entry(InstallScope scope, Actor actor, string action, string? detail) =>
        AuditEntry.Of(time, scope, actor, action, scope.Install.ToString(), detail: detail);
}
