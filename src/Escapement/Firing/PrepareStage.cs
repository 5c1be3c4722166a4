using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Installs;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing;

/// <summary>
/// Stage 3: looks up the install, its capabilities, its version and the endpoint, for a whole batch at once. What cannot run
/// any more gets its ledger reason here.
/// </summary>
internal sealed class PrepareStage(InstalledExtensions installed, ClassifyStage classify, TimeProvider time)
{
    /// <exception cref="StoreUnavailableException">The store is away; nothing is decided.</exception>
    public async ValueTask<IReadOnlyList<Preparation>> RunAsync(IReadOnlyList<ClaimedRun> runs, CancellationToken cancellationToken)
    {
        try
        {
            return await PrepareAsync(runs, cancellationToken);
        }
        catch (Exception e) when (e is not (StoreUnavailableException or OperationCanceledException))
        {
            // A row that nobody can read must not take with it the runs that were claimed beside its own, now and after every restart.
            return runs.Count == 1
                ? [new Preparation.GivenUp(classify.HostFailed(runs[0], time.GetUtcNow(), e), e)]
                : await OneByOneAsync(runs, cancellationToken);
        }
    }

    private async ValueTask<IReadOnlyList<Preparation>> OneByOneAsync(IReadOnlyList<ClaimedRun> runs, CancellationToken cancellationToken)
    {
        var prepared = new List<Preparation>(runs.Count);
        foreach (var run in runs)
        {
            prepared.AddRange(await RunAsync([run], cancellationToken));
        }

        return prepared;
    }

    private async ValueTask<IReadOnlyList<Preparation>> PrepareAsync(IReadOnlyList<ClaimedRun> runs, CancellationToken cancellationToken)
    {
        var found = (await installed.GetManyAsync(runs.Select(r => r.Scope).ToHashSet(), cancellationToken)).ToDictionary(i => i.Scope);
        var prepared = new Preparation[runs.Count];
        for (var i = 0; i < prepared.Length; i++)
        {
            prepared[i] = await PrepareAsync(runs[i], found.GetValueOrDefault(runs[i].Scope), cancellationToken);
        }

        return prepared;
    }

    private async ValueTask<Preparation> PrepareAsync(ClaimedRun run, Install? install, CancellationToken cancellationToken)
    {
        if (install is null)
        {
            return GiveUp(run, RunReason.InstallRemoved, "The extension was uninstalled before the run could start");
        }

        if (!install.Enabled)
        {
            return GiveUp(run, RunReason.InstallDisabled, "The install was disabled before the run could start");
        }

        if (run.Trigger == RunTrigger.Schedule && !run.ScheduleEnabled)
        {
            return GiveUp(run, RunReason.ScheduleDisabled, "The schedule was disabled before the run could start");
        }

        if (await installed.WithVersionAsync(install, cancellationToken) is not { } extension)
        {
            return GiveUp(run, RunReason.ComponentUnavailable, $"The installed version {install.Version} is not in the store; publish it again");
        }

        return extension.CanSchedule(run.Endpoint)
            ? new Preparation.Ready(extension)
            : GiveUp(run, RunReason.EndpointGone, $"{ScheduleMessages.EndpointNotSchedulable}: {run.Endpoint} is not in version {extension.Version.Manifest.Version}; the schedule was disabled", disablesSchedule: true);
    }

    private Preparation.GivenUp GiveUp(ClaimedRun run, RunReason reason, string error, bool disablesSchedule = false) => new(new AttemptOutcome
    {
        Lease = run.Lease,
        Attempt = run.Attempt,
        State = RunState.Abandoned,
        Reason = reason,
        FinishedAt = time.GetUtcNow(),
        Error = error,
        DisablesSchedule = disablesSchedule,
    });
}

/// <summary>What preparing a run came to.</summary>
internal abstract record Preparation
{
    private Preparation()
    {
    }

    /// <summary>It can run.</summary>
    internal sealed record Ready(InstalledExtension Extension) : Preparation;

    /// <summary>It cannot, and this is what the ledger says; with the host's own fault, if it was one.</summary>
    internal sealed record GivenUp(AttemptOutcome Completion, Exception? Fault = null) : Preparation;
}
