using Escapement.Telemetry;
using Escapement.Time;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Firing.Stopping;

public class StopStepsTests
{
    private readonly FakeTimeProvider real = new();

    [Fact]
    public void Stop_ByTheHost_EndsAllAfterTheShutdownTimeoutAndFourSeconds()
    {
        using var host = new CancellationTokenSource();
        using var steps = new StopSteps(new FiringOptions(), real, host.Token);

        host.Cancel();
        Assert.True(steps.Claiming.IsCancellationRequested);
        steps.Begin();
        real.Advance(TimeSpan.FromSeconds(28.999));
        Assert.False(steps.All.IsCancellationRequested);
        real.Advance(TimeSpan.FromSeconds(0.001));
        Assert.True(steps.All.IsCancellationRequested);
    }

    [Fact]
    public void Stop_WithoutTheHost_IsJustAsBounded()
    {
        using var steps = new StopSteps(new FiringOptions(), real, CancellationToken.None);

        real.Advance(TimeSpan.FromHours(1));
        Assert.False(steps.All.IsCancellationRequested);
        steps.Begin();
        real.Advance(TimeSpan.FromSeconds(10));

        // The host's wish, coming later, does not begin it anew.
        steps.Begin();
        real.Advance(TimeSpan.FromSeconds(19));
        Assert.True(steps.All.IsCancellationRequested);
    }

    [Fact]
    public void Stop_OnAFasterClock_KeepsItsRealLength()
    {
        // As the options are given to an engine on a clock of that factor.
        var options = new FiringOptions { ShutdownTimeout = TimeSpan.FromSeconds(25) * 60 };
        using var steps = new StopSteps(options, new TimeLapse(60, real), CancellationToken.None);

        steps.Begin();
        real.Advance(TimeSpan.FromSeconds(28.9));
        Assert.False(steps.All.IsCancellationRequested);
        real.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(steps.All.IsCancellationRequested);
        Assert.Equal(TimeSpan.FromSeconds(4) * 60, steps.Afterwards);
    }

    [Fact]
    public async Task StoreRetry_OnAFasterClock_DoesNotHurryTheStore()
    {
        using var telemetry = new EscapementTelemetry();
        var tries = 0;
        var retry = new StoreRetry(telemetry, new TimeLapse(60, real), NullLogger.Instance);
        ValueTask<int> Try() => ++tries == 1 ? throw new StoreUnavailableException("away") : new ValueTask<int>(tries);
        var waiting = retry.RunAsync("claim", Try, CancellationToken.None).AsTask();

        real.Advance(TimeSpan.FromMilliseconds(199));
        Assert.Equal((1, false), (tries, waiting.IsCompleted));
        real.Advance(TimeSpan.FromMilliseconds(2));

        Assert.Equal(2, await waiting.WaitAsync(TimeSpan.FromSeconds(30)));
    }
}
