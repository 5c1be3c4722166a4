using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Retention;

public class RetentionKeeperTests
{
    [Fact]
    public async Task Step_FailsInAWayNobodyForesaw_IsTriedAgainAfterAnHour()
    {
        var time = new FakeTimeProvider();
        var store = new BrokenOnce();
        using var keeper = new RetentionKeeper(store, new RetentionOptions(), time, NullLogger<RetentionKeeper>.Instance);
        await keeper.StartAsync(CancellationToken.None);
        await store.Failed;

        // Until the keeper waits for its clock, a step of that wakes nobody.
        while (!store.Again.IsCompleted && !keeper.ExecuteTask!.IsCompleted)
        {
            time.Advance(TimeSpan.FromHours(1));
            await Task.Yield();
        }

        Assert.True(store.Again.IsCompleted);
        await keeper.StopAsync(CancellationToken.None);
    }

    private sealed class BrokenOnce : IRetentionStore
    {
        private readonly TaskCompletionSource failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource again = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Failed => failed.Task;

        public Task Again => again.Task;

        public ValueTask<RetentionStep> StepAsync(RetentionCutoffs cutoffs, CancellationToken cancellationToken = default)
        {
            if (failed.TrySetResult())
            {
                throw new InvalidOperationException("a bug in the store");
            }

            again.TrySetResult();
            return ValueTask.FromResult(new RetentionStep(0, 0, false));
        }
    }
}
