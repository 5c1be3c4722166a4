using Escapement.Firing.Holding;
using Escapement.Firing.Stages;
using Escapement.Firing.Stopping;
using Microsoft.Extensions.Logging;

namespace Escapement.Firing.Engine;

/// <summary>The path of claimed runs, from top to bottom. Each stage knows what came before it and nothing of what comes after.</summary>
internal sealed partial class RunPath(
    PrepareStage prepare, InvokeStage invoke, ClassifyStage classify, RecordStage record, HeldRuns held, Slots slots, RoomWatch room, ILogger logger)
{
    /// <summary>Prepares runs together, then invokes, classifies and records each by itself. Completes when the last of them has begun.</summary>
    public async Task RunAsync(IReadOnlyList<HeldRun> runs, StopSteps stop)
    {
        var preparations = await LetGoIfFailedAsync(runs, prepare.RunAsync(runs, stop));
        for (var i = 0; i < runs.Count; i++)
        {
            _ = EndInAnyCaseAsync(runs[i], FollowAsync(runs[i], preparations[i]));
        }

        async ValueTask FollowAsync(HeldRun run, Preparation preparation)
        {
            preparation = preparation is Preparation.Away ? await prepare.WaitAsync(run, stop) : preparation;
            var end = await invoke.RunAsync(run, preparation, stop);
            var outcome = classify.Run(run, end);
            Tell(run.Claimed, preparation, end, outcome);
            await record.AddAsync(run, outcome);
        }
    }

    // A slot that nobody gives back would be missing for good, and a stop would wait for it in vain.
    private async ValueTask<T> LetGoIfFailedAsync<T>(IReadOnlyList<HeldRun> runs, ValueTask<T> work)
    {
        try
        {
            return await work;
        }
        catch
        {
            foreach (var run in runs)
            {
                held.Remove(run);
                Release(run);
            }

            throw;
        }
    }

    private async Task EndInAnyCaseAsync(HeldRun run, ValueTask following)
    {
        try
        {
            await following;
        }
        catch (Exception e)
        {
            // Nobody waits for this task. The lease runs out, and the run is tried again.
            HostFailed(e, run.Claimed.Lease.Id);
            held.Remove(run);
        }
        finally
        {
            Release(run);
        }
    }

    // Claims passed over what a tenant at its share of this node has due: they wait for this, and not for a due time.
    private void Release(HeldRun run)
    {
        if (slots.Release(run.Claimed.Scope.Tenant))
        {
            room.Make(1);
        }
    }
}
