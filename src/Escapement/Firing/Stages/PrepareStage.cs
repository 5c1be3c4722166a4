using Escapement.Firing.Claiming;
using Escapement.Firing.Holding;
using Escapement.Firing.Stopping;
using Escapement.Installs;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Telemetry;

namespace Escapement.Firing.Stages;

/// <summary>
/// Stage 3: looks up the install, its capabilities, its version and the endpoint, for a whole batch at once. What cannot run
/// any more gets its ledger reason here.
/// </summary>
internal sealed class PrepareStage(InstalledExtensions installed, ITenantParts parts, StoreRetry retry, EscapementTelemetry telemetry, TimeProvider time)
{
    /// <summary>
    /// One answer for each run, in their order. Claimed runs are prepared also while the node stops: they are this node's. But a stopping
    /// node does not wait for a store that is away: it gives them back as soon as the store takes them.
    /// </summary>
    public async ValueTask<IReadOnlyList<Preparation>> RunAsync(IReadOnlyList<HeldRun> runs, StopSteps stop)
    {
        using var span = telemetry.StartBatch("escapement.prepare", runs.Count, runs[0].Span);
        try
        {
            ClaimedRun[] claimed = [.. runs.Select(run => run.Claimed)];
            return await retry.RunAsync("prepare", () => PrepareAllAsync(claimed, stop.Runs), stop.Claiming).AsTask().WaitAsync(stop.Runs);
        }
        catch (OperationCanceledException) when (stop.Claiming.IsCancellationRequested)
        {
            return [.. runs.Select(_ => new Preparation.Ended(new AttemptEnd.NotStarted()))];
        }
    }

    /// <summary>Prepares a run whose part of the store was away, as soon as it is back. It waits no longer than its lease lasts.</summary>
    public async ValueTask<Preparation> WaitAsync(HeldRun run, StopSteps stop)
    {
        try
        {
            var prepared = await retry.RunAsync("prepare", () => PrepareAsync([run.Claimed], stop.Runs), stop.Claiming, run.Token);
            return prepared[0];
        }
        catch (OperationCanceledException) when (run.EndedBy == EarlyEnd.LeaseLost)
        {
            return new Preparation.Ended(new AttemptEnd.LeaseLost());
        }
        catch (OperationCanceledException) when (stop.Claiming.IsCancellationRequested)
        {
            return new Preparation.Ended(new AttemptEnd.NotStarted());
        }
    }

    // A part of the store that is away must not keep the runs of others, and behind them the next claim.
    private async ValueTask<IReadOnlyList<Preparation>> PrepareAllAsync(ClaimedRun[] runs, CancellationToken cancellationToken)
    {
        var answers = await PartByPart.RunAsync(parts, runs, r => r.Scope.Tenant, part => PrepareAsync(part, cancellationToken));
        if (answers.Problem is null)
        {
            return answers.Answered[0].Answer;
        }

        var prepared = answers.Answered.SelectMany(a => a.Items.Zip(a.Answer)).ToDictionary(p => p.First.Lease.Id, p => p.Second);
        return [.. runs.Select(r => prepared.GetValueOrDefault(r.Lease.Id) ?? new Preparation.Away())];
    }

    private async ValueTask<IReadOnlyList<Preparation>> PrepareAsync(IReadOnlyList<ClaimedRun> runs, CancellationToken cancellationToken)
    {
        try
        {
            return await LookUpAsync(runs, cancellationToken);
        }
        catch (Exception e) when (e is not (StoreUnavailableException or OperationCanceledException))
        {
            // A row that nobody can read must not take with it the runs that were claimed beside its own, now and after every restart.
            return runs.Count == 1
                ? [new Preparation.Ended(new AttemptEnd.HostFailed(time.GetUtcNow(), e))]
                : await OneByOneAsync(runs, cancellationToken);
        }
    }

    private async ValueTask<IReadOnlyList<Preparation>> OneByOneAsync(IReadOnlyList<ClaimedRun> runs, CancellationToken cancellationToken)
    {
        var prepared = new List<Preparation>(runs.Count);
        foreach (var run in runs)
        {
            prepared.AddRange(await PrepareAsync([run], cancellationToken));
        }

        return prepared;
    }

    private async ValueTask<IReadOnlyList<Preparation>> LookUpAsync(IReadOnlyList<ClaimedRun> runs, CancellationToken cancellationToken)
    {
        var found = (await installed.GetManyAsync(runs.Select(r => r.Scope).ToHashSet(), cancellationToken)).ToDictionary(i => i.Scope);
        var prepared = new Preparation[runs.Count];
        for (var i = 0; i < prepared.Length; i++)
        {
            prepared[i] = await JudgeAsync(runs[i], found.GetValueOrDefault(runs[i].Scope), cancellationToken);
        }

        return prepared;
    }

    private async ValueTask<Preparation> JudgeAsync(ClaimedRun run, Install? install, CancellationToken cancellationToken)
    {
        if (install is null)
        {
            return GiveUp(RunReason.InstallRemoved, "The extension was uninstalled before the run could start");
        }

        if (!install.Enabled)
        {
            return GiveUp(RunReason.InstallDisabled, "The install was disabled before the run could start");
        }

        if (!run.Trigger.IsAskedFor() && !run.ScheduleEnabled)
        {
            return GiveUp(RunReason.ScheduleDisabled, "The schedule was disabled before the run could start");
        }

        if (run.PayloadGone)
        {
            return GiveUp(RunReason.PayloadGone, "The payload of the run that it was to repeat is kept no more");
        }

        if (await installed.WithVersionAsync(install, cancellationToken) is not { } extension)
        {
            return GiveUp(RunReason.ComponentUnavailable, $"The installed version {install.Version} is not in the store; publish it again");
        }

        return extension.CanSchedule(run.Endpoint)
            ? new Preparation.Ready(extension)
            : GiveUp(RunReason.EndpointGone, NoEndpoint(run, extension), holdsSchedule: true);
    }

    private static string NoEndpoint(ClaimedRun run, InstalledExtension extension) =>
        EndpointHold.NoteOf(run.Endpoint, extension.Version.Manifest.Version);

    private static Preparation.Ended GiveUp(RunReason reason, string text, bool holdsSchedule = false) =>
        new(new AttemptEnd.GivenUp(reason, text, holdsSchedule));
}
