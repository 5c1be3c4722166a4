using Escapement.Firing.Holding;
using Escapement.Firing.Stopping;
using Escapement.Installs;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;
using Escapement.Waking;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Firing.Stages;

public sealed class InvokeStageTests : IAsyncLifetime
{
    private readonly StubClaims store = new();
    private TestHost host = null!;
    private InstalledExtension extension = null!;
    private StopSteps stop = null!;
    private HeldRun run = null!;

    private FakeSandbox Sandbox => host.Sandbox;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.CreateAsync();
        extension = await host.InstallAsync();
        stop = new StopSteps(host.Options, host.Time, CancellationToken.None);
        run = new HeldRun(SomeRun.Claimed(extension.Install.Scope), host.Time.GetUtcNow() + host.Options.LeaseDuration);
    }

    public async ValueTask DisposeAsync()
    {
        run.Dispose();
        stop.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Run_PreparedInVain_PassesItsEndOn()
    {
        var end = new AttemptEnd.GivenUp(RunReason.InstallRemoved, "gone");
        Assert.Same(end, await InvokeAsync(new Preparation.Ended(end)));
        Assert.Empty(Sandbox.Invocations);
    }

    [Fact]
    public async Task Run_Ready_ReturnsWhatTheSandboxAnswered()
    {
        var answer = FakeSandbox.Answer(418);
        Sandbox.Behaviour = (_, _) => Task.FromResult(answer);

        var returned = Assert.IsType<AttemptEnd.Returned>(await InvokeAsync());

        Assert.Equal((answer, TestHost.Start, extension.Version.Id), (returned.Invoked.Result, returned.Invoked.StartedAt, returned.Version));
        var invocation = Assert.Single(Sandbox.Invocations);
        Assert.Same(extension, invocation.Extension);
        Assert.Contains(KeyValuePair.Create("x-idempotency-key", run.Claimed.Lease.Id.ToString()), invocation.Request.Headers);
    }

    [Fact]
    public async Task Run_WhileItsGuestGoesOn_HasItsLogSoFarAndNoneAfterwards()
    {
        IReadOnlyList<GuestLogLine> lines = [new(TestHost.Start, "info", "begins")];
        IReadOnlyList<GuestLogLine> seen = [];
        Sandbox.Behaviour = (invocation, _) =>
        {
            invocation.OnLog!(() => lines);
            seen = host.Logs.Of(run.Claimed.Lease.Id);
            return Task.FromResult(FakeSandbox.Answer(200));
        };

        await InvokeAsync();

        Assert.Equal(lines, seen);
        Assert.Empty(host.Logs.Of(run.Claimed.Lease.Id));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(5)]
    public async Task Run_TimeLimitOfThePolicy_ReachesTheSandbox(int? seconds)
    {
        TimeSpan? limit = seconds is { } known ? TimeSpan.FromSeconds(known) : null;
        run.Dispose();
        var claimed = SomeRun.Claimed(extension.Install.Scope) with { Policy = new SchedulePolicy { TimeLimit = limit } };
        run = new HeldRun(claimed, host.Time.GetUtcNow() + host.Options.LeaseDuration);

        await InvokeAsync();

        Assert.Equal(limit, Assert.Single(Sandbox.Invocations).TimeLimit);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_TooLittleOfTheLeaseLeft_ExtendsItBeforeItStarts(bool afterTheWaitForTheSandbox)
    {
        var extended = new List<DateTimeOffset>();
        store.Extend = (_, until) =>
        {
            extended.Add(until);
            return [];
        };
        Task Stall()
        {
            if (extended.Count == 0)
            {
                host.Time.Advance(host.Options.LeaseDuration);
            }

            return Task.CompletedTask;
        }

        if (afterTheWaitForTheSandbox)
        {
            Sandbox.BeforeStart = Stall;
        }
        else
        {
            await Stall();
        }

        Assert.IsType<AttemptEnd.Returned>(await InvokeAsync());
        Assert.Equal([TestHost.Start + (2 * host.Options.LeaseDuration)], extended);
        Assert.Equal(extended, [run.LeaseUntil]);
        Assert.Single(Sandbox.Invocations);
    }

    [Fact]
    public async Task Run_AnotherNodeHasTheLease_DoesNotStart()
    {
        host.Time.Advance(host.Options.LeaseDuration);
        store.Extend = (runs, _) => [.. runs.Select(r => r.Id)];

        Assert.IsType<AttemptEnd.LeaseLost>(await InvokeAsync());
        Assert.Empty(Sandbox.Invocations);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_LeaseLostWhileTheGuestRuns_IsLostUnlessItAnswered(bool ended)
    {
        Sandbox.Behaviour = (_, cancel) =>
        {
            run.End(EarlyEnd.LeaseLost);
            Assert.True(cancel.IsCancellationRequested);
            return Task.FromResult(ended ? new InvocationResult.Cancelled() : FakeSandbox.Answer(200));
        };

        Assert.IsType(ended ? typeof(AttemptEnd.LeaseLost) : typeof(AttemptEnd.Returned), await InvokeAsync());
    }

    [Fact]
    public async Task Run_NodeStopsBeforeTheStart_IsNotStarted()
    {
        stop.Begin();
        stop.EndRuns();

        Assert.IsType<AttemptEnd.NotStarted>(await InvokeAsync());
        Assert.Empty(Sandbox.Invocations);
    }

    [Fact]
    public async Task Run_NodeStopsWhileTheGuestRuns_ReturnsThatItWasEnded()
    {
        Sandbox.Behaviour = (_, _) =>
        {
            run.End(EarlyEnd.NodeStopping);
            return Task.FromResult<InvocationResult>(new InvocationResult.Cancelled());
        };

        Assert.IsType<InvocationResult.Cancelled>(Assert.IsType<AttemptEnd.Returned>(await InvokeAsync()).Invoked.Result);
    }

    [Fact]
    public async Task Run_SandboxThrows_IsTheHostsFailure()
    {
        var fault = new InvalidOperationException("a bug");
        Sandbox.Behaviour = (_, _) => throw fault;

        Assert.Equal(new AttemptEnd.HostFailed(TestHost.Start, fault) { Version = extension.Version.Id }, await InvokeAsync());
    }

    [Fact]
    public async Task Run_ComponentNotThereYet_WaitsForTheStore()
    {
        var tries = 0;
        Sandbox.BeforeStart = () => ++tries == 1 ? throw new StoreUnavailableException("away") : Task.CompletedTask;
        store.Extend = (_, _) => [];

        var invoking = InvokeAsync();
        await host.StepUntilAsync(() => invoking.IsCompleted, TimeSpan.FromSeconds(1), "the second try");

        Assert.IsType<AttemptEnd.Returned>(await invoking);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_StoreAwayUntilTheNodeStopsOrTheLeaseIsLost_IsNotStarted(bool stops)
    {
        Sandbox.BeforeStart = () => throw new StoreUnavailableException("away");

        var invoking = InvokeAsync();
        Assert.False(invoking.IsCompleted);
        if (stops)
        {
            stop.Begin();
        }
        else
        {
            run.End(EarlyEnd.LeaseLost);
        }

        Assert.IsType(stops ? typeof(AttemptEnd.NotStarted) : typeof(AttemptEnd.LeaseLost), await invoking.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Empty(Sandbox.Invocations);
    }

    private Task<AttemptEnd> InvokeAsync() => InvokeAsync(new Preparation.Ready(extension));

    private Task<AttemptEnd> InvokeAsync(Preparation preparation)
    {
        var wake = new WakeSignal(host.Time);
        var leases = new LeaseKeeper(store, new HeldRuns(), host.Options, wake, host.Telemetry, [], host.Time, NullLogger<LeaseKeeper>.Instance);
        var retry = new StoreRetry(host.Telemetry, host.Time, NullLogger.Instance);
        var stage = new InvokeStage(Sandbox, host.HostApis, leases, host.Logs, retry, host.Telemetry, host.Time);
        return stage.RunAsync(run, preparation, stop).AsTask();
    }
}
