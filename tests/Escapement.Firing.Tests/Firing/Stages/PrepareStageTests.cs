using Escapement.Extensions;
using Escapement.Firing.Claiming;
using Escapement.Firing.Holding;
using Escapement.Firing.Stopping;
using Escapement.Installs;
using Escapement.Runs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Firing.Stages;

public sealed class PrepareStageTests : IAsyncLifetime
{
    private static readonly TenantId Globex = TenantId.Parse("globex");

    private readonly StubClaims parts = new() { Apart = [Globex] };
    private TestHost host = null!;
    private HookedInstalls installs = null!;
    private InstalledExtension extension = null!;
    private StopSteps stop = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.CreateAsync();
        installs = new HookedInstalls(host.Store.Installs);
        extension = await host.InstallAsync(endpoints: ["POST /api/sync", "GET /api/status", "DELETE /api/sync"]);
        stop = new StopSteps(host.Options, host.Time, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        stop.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Run_AllThere_IsReadyWithTheInstalledExtension()
    {
        var ready = Assert.IsType<Preparation.Ready>(await PrepareAsync(SomeRun.Claimed(extension.Install.Scope)));
        Assert.Equal((extension.Install.Scope, extension.Version.Id), (ready.Extension.Install.Scope, ready.Extension.Version.Id));
    }

    [Fact]
    public async Task Run_InstallGone_IsGivenUp() =>
        AssertGivenUp(await PrepareAsync(SomeRun.Claimed()), RunReason.InstallRemoved, "The extension was uninstalled before the run could start");

    [Fact]
    public async Task Run_InstallOfAnotherTenant_IsGivenUp() => AssertGivenUp(
        await PrepareAsync(SomeRun.Claimed(extension.Install.Scope with { Tenant = TenantId.Parse("globex") })),
        RunReason.InstallRemoved,
        "The extension was uninstalled before the run could start");

    [Fact]
    public async Task Run_InstallDisabled_IsGivenUp()
    {
        await host.Installs.SetEnabledAsync(extension.Install.Scope, enabled: false, TestHost.Admin);
        var preparation = await PrepareAsync(SomeRun.Claimed(extension.Install.Scope));
        AssertGivenUp(preparation, RunReason.InstallDisabled, "The install was disabled before the run could start");
    }

    [Theory]
    [InlineData(RunTrigger.Schedule, true)]
    [InlineData(RunTrigger.RunNow, false)]
    [InlineData(RunTrigger.Rerun, false)]
    public async Task Run_ScheduleDisabled_IsGivenUpUnlessAnAdminAskedForIt(RunTrigger trigger, bool givenUp)
    {
        var preparation = await PrepareAsync(SomeRun.Claimed(extension.Install.Scope) with { ScheduleEnabled = false, Trigger = trigger });
        if (givenUp)
        {
            AssertGivenUp(preparation, RunReason.ScheduleDisabled, "The schedule was disabled before the run could start");
        }
        else
        {
            Assert.IsType<Preparation.Ready>(preparation);
        }
    }

    [Fact]
    public async Task Run_PayloadGone_IsGivenUp() => AssertGivenUp(
        await PrepareAsync(SomeRun.Claimed(extension.Install.Scope) with { Trigger = RunTrigger.Rerun, PayloadGone = true }),
        RunReason.PayloadGone,
        "The payload of the run that it was to repeat is kept no more");

    [Theory]
    [InlineData("POST /api/gone")]
    [InlineData("GET /api/sync")]
    [InlineData("DELETE /api/sync")]
    public async Task Run_EndpointNotThereOrNotSchedulable_IsGivenUpAndSoIsTheSchedule(string endpoint)
    {
        var given = GivenUp(await PrepareAsync(SomeRun.Claimed(extension.Install.Scope, endpoint)));
        Assert.Equal((RunReason.EndpointGone, true), (given.Reason, given.HoldsSchedule));
        Assert.Equal($"Endpoint not found or not schedulable: {endpoint} is not in version 1.0.0", given.Text);
    }

    [Fact]
    public async Task Run_VersionNotInTheStore_IsGivenUp()
    {
        await using var empty = await TestHost.CreateAsync();
        var stage = new PrepareStage(new InstalledExtensions(installs, empty.Versions), parts, Retry(), host.Telemetry, host.Time);
        using var run = Held(SomeRun.Claimed(extension.Install.Scope));
        AssertGivenUp(
            Assert.Single(await stage.RunAsync([run], stop)),
            RunReason.ComponentUnavailable,
            $"The installed version {extension.Version.Id} is not in the store; publish it again");
    }

    [Fact]
    public async Task Run_OneOfABatchCannotBeRead_FailsThatOneAndKeepsTheOrder()
    {
        var unreadable = SomeRun.Claimed();
        var fault = new FormatException("an unreadable row");
        installs.Before = scopes => scopes.Contains(unreadable.Scope) ? throw fault : Task.CompletedTask;

        var prepared = await PrepareAsync([SomeRun.Claimed(extension.Install.Scope), unreadable, SomeRun.Claimed()]);

        Assert.IsType<Preparation.Ready>(prepared[0]);
        Assert.Equal(new Preparation.Ended(new AttemptEnd.HostFailed(TestHost.Start, fault)), prepared[1]);
        Assert.Equal(RunReason.InstallRemoved, GivenUp(prepared[2]).Reason);
    }

    [Fact]
    public async Task Run_StoreAwayForAWhile_IsAskedAgain()
    {
        var asked = 0;
        installs.Before = _ => ++asked == 1 ? throw new StoreUnavailableException("away") : Task.CompletedTask;

        var preparing = PrepareAsync(SomeRun.Claimed(extension.Install.Scope));
        await host.StepUntilAsync(() => preparing.IsCompleted, TimeSpan.FromSeconds(1), "the second question");

        Assert.IsType<Preparation.Ready>(await preparing);
    }

    [Fact]
    public async Task Run_StoreAwayWhileTheNodeStops_GivesTheRunsBack()
    {
        installs.Before = _ => throw new StoreUnavailableException("away");

        var preparing = PrepareAsync([SomeRun.Claimed(), SomeRun.Claimed()]);
        Assert.False(preparing.IsCompleted);
        stop.Begin();

        Assert.Equal(Enumerable.Repeat(new Preparation.Ended(new AttemptEnd.NotStarted()), 2), await preparing.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Run_StoreHangsWhileTheNodeStops_GivesTheRunsBackWhenRunsAreEnded()
    {
        var hangs = new TaskCompletionSource();
        installs.Before = _ => hangs.Task;

        var preparing = PrepareAsync(SomeRun.Claimed());
        stop.Begin();
        Assert.False(preparing.IsCompleted);
        stop.EndRuns();

        Assert.Equal(new Preparation.Ended(new AttemptEnd.NotStarted()), await preparing.WaitAsync(TimeSpan.FromSeconds(30)));
        hangs.SetResult();
    }

    [Fact]
    public async Task Run_PartOfTheStoreAway_PreparesTheOthersAndThatOneByItselfWhenItIsBack()
    {
        var away = true;
        installs.Before = scopes => away && scopes.Any(s => s.Tenant == Globex) ? throw PartAway() : Task.CompletedTask;
        var apart = SomeRun.Claimed(extension.Install.Scope with { Tenant = Globex });
        var prepared = await PrepareAsync([apart, SomeRun.Claimed(extension.Install.Scope)]);
        Assert.IsType<Preparation.Away>(prepared[0]);
        Assert.IsType<Preparation.Ready>(prepared[1]);

        using var held = Held(apart);
        var waiting = Stage().WaitAsync(held, stop).AsTask();
        Assert.False(waiting.IsCompleted);
        away = false;
        await host.StepUntilAsync(() => waiting.IsCompleted, TimeSpan.FromSeconds(1), "the second question");

        Assert.Equal(RunReason.InstallRemoved, GivenUp(await waiting).Reason);
    }

    [Fact]
    public async Task Wait_LeaseIsLostOrTheNodeStopsMeanwhile_IsNotStarted()
    {
        installs.Before = _ => throw PartAway();
        using var lost = Held(SomeRun.Claimed());
        using var stopped = Held(SomeRun.Claimed());
        var waiting = new[] { Stage().WaitAsync(lost, stop).AsTask(), Stage().WaitAsync(stopped, stop).AsTask() };

        lost.End(EarlyEnd.LeaseLost);
        stop.Begin();

        Assert.Equal(
            [new Preparation.Ended(new AttemptEnd.LeaseLost()), new Preparation.Ended(new AttemptEnd.NotStarted())],
            await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private static StoreUnavailableException PartAway() => new("a machine is away") { InPart = true };

    private static AttemptEnd.GivenUp GivenUp(Preparation preparation) =>
        Assert.IsType<AttemptEnd.GivenUp>(Assert.IsType<Preparation.Ended>(preparation).End);

    private static void AssertGivenUp(Preparation preparation, RunReason reason, string text) =>
        Assert.Equal(new AttemptEnd.GivenUp(reason, text), GivenUp(preparation));

    private static HeldRun Held(ClaimedRun run) => new(run, SomeRun.Due);

    private StoreRetry Retry() => new(host.Telemetry, host.Time, NullLogger.Instance);

    private async Task<Preparation> PrepareAsync(ClaimedRun run) => Assert.Single(await PrepareAsync([run]));

    private async Task<IReadOnlyList<Preparation>> PrepareAsync(ClaimedRun[] runs) =>
        await Stage().RunAsync([.. runs.Select(Held)], stop);

    private PrepareStage Stage() => new(new InstalledExtensions(installs, host.Versions), parts, Retry(), host.Telemetry, host.Time);
}
