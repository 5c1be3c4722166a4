using Escapement.Time;

namespace Escapement.Firing.Stopping;

/// <summary>
/// The steps in which an engine stops, each a token that is cancelled in its turn, so that a stop takes no longer than all of
/// them whatever hangs. It begins with the host's wish or with the failure of one of the engine's loops.
/// </summary>
internal sealed class StopSteps : IDisposable
{
    // After the shutdown time-out, for guests to end and outcomes to be written; of real time.
    private static readonly TimeSpan RealAfterwards = TimeSpan.FromSeconds(4);

    private readonly CancellationTokenSource claiming;
    private readonly CancellationTokenSource runs;
    private readonly CancellationTokenSource all;
    private readonly CancellationTokenRegistration beginning;

    public StopSteps(FiringOptions options, TimeProvider time, CancellationToken stoppingToken)
    {
        Afterwards = time.FromReal(RealAfterwards);
        claiming = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        runs = new CancellationTokenSource();
        all = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        (Claiming, Runs, All) = (claiming.Token, runs.Token, all.Token);
        beginning = Claiming.Register(() => all.CancelAfter(options.ShutdownTimeout + Afterwards));
    }

    /// <summary>Between the end of the runs and the end of all.</summary>
    public TimeSpan Afterwards { get; }

    /// <summary>Step 1: nothing more is claimed, and nobody waits any more for a store that is away; what runs may finish.</summary>
    public CancellationToken Claiming { get; }

    /// <summary>Step 2: what has not finished is given back.</summary>
    public CancellationToken Runs { get; }

    /// <summary>Step 3: what is not written by now is left to the leases.</summary>
    public CancellationToken All { get; }

    public void Begin() => claiming.Cancel();

    public void EndRuns() => runs.Cancel();

    public void Dispose()
    {
        beginning.Dispose();
        claiming.Dispose();
        runs.Dispose();
        all.Dispose();
    }
}
