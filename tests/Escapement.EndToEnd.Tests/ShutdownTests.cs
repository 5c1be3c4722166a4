using Escapement.EndToEnd.Tests.Bundles;
using Escapement.EndToEnd.Tests.Servers;

namespace Escapement.EndToEnd.Tests;

/// <summary>What a stop as service managers ask for it (SIGTERM) leaves behind.</summary>
public sealed class ShutdownTests : IDisposable
{
    private const string Tenant = "acme";

    private readonly ServerFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Stop_WhileAGuestRuns_WaitsForItAndRecordsItsRun()
    {
        var run = await StopWhileRunningAsync(rounds: 3_000_000_000);

        await using var server = await RealServer.StartAsync(folder);
        var ended = await server.GetAsync(run);
        Assert.True((string?)ended["state"] == "succeeded", ended.ToJsonString());
        Assert.Equal((1, 200), ((int)ended["attempt"]!, (int)ended["statusCode"]!));
    }

    [Fact]
    public async Task Stop_WhileAGuestRunsLongerThanIsWaitedFor_StopsAndTheRunIsRepeatedByTheNextStart()
    {
        // Longer than the test; the second attempt ends by the sandbox's time limit.
        var run = await StopWhileRunningAsync(rounds: 1_000_000_000_000, ("ESCAPEMENT__Firing__ShutdownTimeout", "00:00:01"));

        await using var server = await RealServer.StartAsync(folder, ("ESCAPEMENT__Sandbox__TimeLimit", "00:00:01"));
        var ended = await server.EndedAsync(run);
        Assert.Equal(("failed", "time-out", 2), ((string?)ended["state"], (string?)ended["reason"], (int)ended["attempt"]!));
        Assert.Single(ended["earlierAttempts"]!.AsArray());
    }

    [Fact]
    public async Task Stop_AfterChanges_LeavesAllOfThemInTheDatabaseFileAlone()
    {
        string install;
        await using (var server = await RealServer.StartAsync(folder))
        {
            install = await server.InstallAsync(BundleFile.Working(1), Tenant);
            await server.PostAsync($"{install}/schedules", new { endpoint = BundleFile.Endpoint, cron = "0 9 * * *" });
            await server.GetAsync($"{install}/schedules");
            Assert.Equal(0, await server.StopAsync());
        }

        // Who copies the one file of a stopped server has copied everything.
        Assert.False(File.Exists(folder.Database + "-wal"));
        await using var again = await RealServer.StartAsync(folder);
        Assert.Single((await again.GetAsync($"{install}/schedules"))["items"]!.AsArray());
    }

    /// <summary>Asks for a run, and for the stop once the run is under way; the run's path.</summary>
    private async Task<string> StopWhileRunningAsync(long rounds, params (string Name, string Value)[] environment)
    {
        await using var server = await RealServer.StartAsync(folder, environment);
        var install = await server.InstallAsync(BundleFile.Working(rounds), Tenant);
        var schedule = await server.PostAsync($"{install}/schedules", new { endpoint = BundleFile.Endpoint, cron = "0 0 1 1 *" });
        using var queued = await server.Client.PostAsync($"{install}/schedules/{schedule["id"]}/run-now", content: null);
        var run = queued.Headers.Location!.ToString();
        await Poll.UntilAsync("the run is under way", async () => (string?)(await server.GetAsync(run))["state"] is { } state && state != "queued");
        Assert.Equal("running", (string?)(await server.GetAsync(run))["state"]);
        Assert.Equal(0, await server.StopAsync());
        Assert.DoesNotContain("for 0 runs", server.Process.Output, StringComparison.Ordinal);
        return run;
    }
}
