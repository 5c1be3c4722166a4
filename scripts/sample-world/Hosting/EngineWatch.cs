using Escapement.Firing;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;

namespace Escapement.SampleWorld.Hosting;

/// <summary>What the engine has done so far, and a wait for more of it.</summary>
internal sealed class EngineWatch : IFiringObserver
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Lock gate = new();
    private TaskCompletionSource changed = New();

    /// <summary>The claims of the engine that runs now.</summary>
    public WatchedClaims? Claims { get; set; }

    /// <summary>Up to when all that was due is dealt with, and the engine went to sleep.</summary>
    public DateTimeOffset SleptUpTo { get; private set; }

    /// <summary>Outcomes of guests that were called.</summary>
    public long Recorded { get; private set; }

    public void Claimed(ClaimedBatch batch)
    {
    }

    public void Sleeping(DateTimeOffset until) => Change(() => SleptUpTo = Claims!.ClaimedUpTo);

    void IFiringObserver.Recorded(AttemptOutcome outcome) => Change(() => Recorded += outcome.StartedAt is null ? 0 : 1);

    /// <summary>Waits until the engine has come so far.</summary>
    /// <param name="reached">Whether it has; asked anew after each change.</param>
    /// <param name="what">What is waited for.</param>
    /// <exception cref="TimeoutException">It does not come so far: it hangs, or has failed.</exception>
    public async Task UntilAsync(Func<bool> reached, Func<string> what)
    {
        while (true)
        {
            Task change;
            lock (gate)
            {
                if (reached())
                {
                    return;
                }

                change = changed.Task;
            }

            try
            {
                await change.WaitAsync(Patience);
            }
            catch (TimeoutException e)
            {
                throw new TimeoutException($"The engine did not come so far within {Patience}: {what()}", e);
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change(Action apply)
    {
        TaskCompletionSource before;
        lock (gate)
        {
            apply();
            (before, changed) = (changed, New());
        }

        before.SetResult();
    }
}
