using Escapement.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Firing;

public class StoreRetryTests
{
    private readonly EscapementTelemetry telemetry = new();
    private readonly FakeTimeProvider time = new();
    private readonly Lines log = new();

    [Fact]
    public async Task Run_StoreAwayForAWhile_LogsOneTraceALineForEachTryAndWhenItIsBack()
    {
        var retry = new StoreRetry(telemetry, time, log);
        await FailAsync(retry, times: 3);

        Assert.Equal(
            [(LogEvents.StoreUnavailable, true), (LogEvents.StoreUnavailable, false), (LogEvents.StoreUnavailable, false), (LogEvents.StoreBack, false)],
            log.All.Select(l => (l.Event, l.HasTrace)));
        Assert.All(log.All.Take(3), l => Assert.Contains("the disk is full", l.Text, StringComparison.Ordinal));
        Assert.Contains("after 1.4 s", log.All[3].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StoreAwayASecondTime_LogsATraceAgain()
    {
        var retry = new StoreRetry(telemetry, time, log);
        await FailAsync(retry, times: 1);
        await FailAsync(retry, times: 1);

        Assert.Equal(
            [(LogEvents.StoreUnavailable, true), (LogEvents.StoreBack, false), (LogEvents.StoreUnavailable, true), (LogEvents.StoreBack, false)],
            log.All.Select(l => (l.Event, l.HasTrace)));
    }

    [Fact]
    public async Task Run_StoreAway_CountsEachFailureByItsStage()
    {
        using var listening = new Listening(telemetry);
        await FailAsync(new StoreRetry(telemetry, time, log), times: 2);

        Assert.Equal(Enumerable.Repeat(new Measured("escapement.store.errors", 1, "escapement.stage=claim"), 2), listening.Of("escapement.store.errors"));
    }

    // Outside the tests' own scheduler, so that what waits for the clock goes on within the clock's step.
    private Task FailAsync(StoreRetry retry, int times) => Task.Run(async () =>
    {
        var tries = 0;
        var running = retry.RunAsync(
            "claim",
            () => ++tries <= times ? throw new StoreUnavailableException("The store is away: the disk is full") : ValueTask.FromResult(tries),
            CancellationToken.None).AsTask();
        for (var wait = TimeSpan.FromMilliseconds(200); !running.IsCompleted; wait *= 2)
        {
            time.Advance(wait);
        }

        Assert.Equal(times + 1, await running);
    });

    private sealed class Lines : ILogger
    {
        public List<(int Event, bool HasTrace, string Text)> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add((eventId.Id, exception is not null, formatter(state, exception)));
    }
}
