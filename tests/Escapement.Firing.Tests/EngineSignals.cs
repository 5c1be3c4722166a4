using Escapement.Firing;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;

namespace Escapement;

/// <summary>What the engine does, as conditions that tests wait on; nothing here sleeps.</summary>
internal sealed class EngineSignals : IFiringObserver
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly List<AttemptOutcome> recorded = [];
    private TaskCompletionSource changed = New();
    private DateTimeOffset sleepingUntil;
    private int claims;

    public IReadOnlyList<AttemptOutcome> Outcomes
    {
        get
        {
            lock (gate)
            {
                return [.. recorded];
            }
        }
    }

    /// <summary>How many claims have been made.</summary>
    public int Claims
    {
        get
        {
            lock (gate)
            {
                return claims;
            }
        }
    }

    public void Claimed(ClaimedBatch batch) => Change(() => claims++);

    public void Sleeping(DateTimeOffset until) => Change(() => sleepingUntil = until);

    public void Recorded(AttemptOutcome outcome) => Change(() => recorded.Add(outcome));

    /// <summary>Something that a condition may look at has changed outside the engine.</summary>
    public void Poke() => Change(() => { });

    /// <summary>Waits until so many outcomes have been recorded in all.</summary>
    public Task RecordedAsync(int count) => UntilAsync(() => recorded.Count >= count, $"{count} recorded outcomes");

    /// <summary>Waits until the engine has dealt with everything up to an instant and sleeps beyond it.</summary>
    public Task SleepingPastAsync(DateTimeOffset instant) => UntilAsync(() => sleepingUntil > instant, $"a sleep past {instant:O}");

    /// <summary>Waits until one more claim was made than before.</summary>
    public Task NextClaimAsync()
    {
        int before;
        lock (gate)
        {
            before = claims;
        }

        return UntilAsync(() => claims > before, "another claim");
    }

    public async Task UntilAsync(Func<bool> condition, string what)
    {
        while (true)
        {
            Task change;
            lock (gate)
            {
                if (condition())
                {
                    return;
                }

                change = changed.Task;
            }

            try
            {
                await change.WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"Waited {Patience.TotalSeconds} s in vain for {what}");
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change(Action apply)
    {
        TaskCompletionSource old;
        lock (gate)
        {
            apply();
            (old, changed) = (changed, New());
        }

        old.SetResult();
    }
}
