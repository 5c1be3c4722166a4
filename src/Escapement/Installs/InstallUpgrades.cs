using Escapement.Audit;
using Escapement.Compiling;
using Escapement.Extensions;
using Escapement.Repeats;
using Escapement.Scheduling;
using Escapement.Waking;

namespace Escapement.Installs;

/// <summary>
/// Upgrading an install and going back (contract section 6): previewed first, then done as it was previewed, in one audited transaction. Runs
/// that are under way go on with the version that they began with.
/// </summary>
internal sealed class InstallUpgrades(
    IInstallStore installs,
    IScheduleStore schedules,
    VersionCatalog catalog,
    IVersionStore versions,
    ICompilations compilations,
    WakeSignal wake,
    TimeProvider time)
{
    private static readonly Problem NoInstall = new("installId", "not-found", "This tenant has no such install");

    /// <summary>What becoming another version would do.</summary>
    /// <param name="installed">The install.</param>
    /// <param name="version">The version, older or newer; null for the one published last.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<Result<UpgradePreview>> PreviewAsync(InstalledExtension installed, string? version, CancellationToken cancellationToken = default)
    {
        var extension = installed.Install.ExtensionId;
        var found = version is null
            ? await VersionNames.LastAsync(versions, extension, cancellationToken)
            : await versions.FindAsync(extension, version, cancellationToken);
        return found is { WithdrawnAt: null }
            ? await PreviewAsync(installed, found, rollsBack: false, cancellationToken)
            : new([await VersionNames.NotPublishedAsync(versions, extension, version, cancellationToken)]);
    }

    /// <summary>What going back to the version before the last upgrade would do.</summary>
    public async ValueTask<Result<UpgradePreview>> PreviewRollBackAsync(InstalledExtension installed, CancellationToken cancellationToken = default) =>
        installed.Install.PreviousVersion is { } previous && await catalog.GetAsync(previous, cancellationToken) is { } version
            ? await PreviewAsync(installed, version, rollsBack: true, cancellationToken)
            : new([new Problem("version", "no-previous-version", "This install was never upgraded, so there is no version to go back to")]);

    /// <summary>Does what was previewed, or says what is otherwise since.</summary>
    /// <param name="plan">What was previewed.</param>
    /// <param name="consent">What is to be granted from then on, needed when the version asks for something new; and what becomes of lost schedules.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="expected">Whether the install is as the caller saw it, asked inside the transaction; null when it may be anything.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<Result<InstalledExtension>> UpgradeAsync(
        UpgradePlan plan, UpgradeConsent consent, Actor actor, Func<Install, bool>? expected = null, CancellationToken cancellationToken = default)
    {
        if (await catalog.GetAsync(plan.From, cancellationToken) is not { } from || await catalog.GetAsync(plan.To, cancellationToken) is not { } to)
        {
            throw new InvalidOperationException($"Versions are never removed, and {plan.From} or {plan.To} is not there");
        }

        if (await RunnableVersion.ProblemAsync(compilations, to, cancellationToken) is { } problem)
        {
            return new([problem]);
        }

        var now = time.GetUtcNow();
        var rules = new UpgradeRules(plan, from, to);
        var earliest = DateTimeOffset.MaxValue;
        Schedule Follow(Schedule schedule)
        {
            var after = EndpointHold.Follow(schedule, rules.HasEndpoint, to.Manifest.Version, () => Ids.Next(time), now);
            earliest = after.ClaimAt < earliest ? after.ClaimAt.Value : earliest;
            return after;
        }

        Result<InstalledExtension> Answered(InstallOutcome outcome) => outcome switch
        {
            InstallOutcome.Done done => new(new InstalledExtension(done.Install, to)),
            InstallOutcome.Refused refused => new(refused.Problems),
            InstallOutcome.VersionWithdrawn => new([VersionNames.Withdrawn(to)]),
            _ => new([NoInstall]),
        };

        AnswerKeeping.Translate<InstallOutcome, Result<InstalledExtension>>(Answered);
        var action = plan.RollsBack ? "install.rollback" : "install.upgrade";
        var outcome = await installs.ChangeAsync(
            plan.Scope,
            plan.To,
            (install, uses) => expected?.Invoke(install) == false
                ? InstallChange.Refuse(InstallOutcome.ChangedMeanwhile.Problems)
                : rules.Decide(install, uses, consent, now, Follow),
            AuditEntry.Of(time, plan.Scope, actor, action, plan.Scope.Install.ToString()),
            cancellationToken);
        wake.Announce(earliest);
        compilations.Review();
        return Answered(outcome);
    }

    private async ValueTask<Result<UpgradePreview>> PreviewAsync(
        InstalledExtension installed, ExtensionVersion to, bool rollsBack, CancellationToken cancellationToken)
    {
        var (install, from) = installed;
        if (to.Id == from.Id)
        {
            return new([new Problem("version", "same-version", $"The install is of version {from.Manifest.Version} already")]);
        }

        if (await RunnableVersion.ProblemAsync(compilations, to, cancellationToken) is { } problem)
        {
            return new([problem]);
        }

        var its = await schedules.ListAsync(install.Scope, cancellationToken);
        var plan = new UpgradePlan
        {
            Scope = install.Scope,
            RollsBack = rollsBack,
            From = from.Id,
            To = to.Id,
            Granted = [.. install.Granted.Order(StringComparer.Ordinal)],
            Schedules = its.ToDictionary(s => s.Id, s => s.Revision),
        };
        return new(UpgradePreview.Of(new UpgradeRules(plan, from, to), install, its, time.GetUtcNow()));
    }
}
