using Escapement.EndToEnd.Tests.Bundles;
using Escapement.EndToEnd.Tests.Servers;

namespace Escapement.EndToEnd.Tests;

/// <summary>The processes that guests run in, and what becomes of runs when somebody else ends one.</summary>
public sealed class WorkerTests : IDisposable
{
    private const string Tenant = "acme";

    // Longer than any test.
    private const long ForEver = 1_000_000_000_000;

    private readonly ServerFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Kill_WorkerWithOneRun_TheRunSaysSoAndTheServerServesOn()
    {
        await using var server = await RealServer.StartAsync(folder, ("ESCAPEMENT__Sandbox__TimeLimit", "00:00:02"));
        var (path, run) = await RunAsync(server, ForEver);

        ServerProcess.Signal("-KILL", server.Process.Workers());

        var lost = await server.EndedAsync(run);
        Assert.Equal(("failed", "worker-lost", 1), ((string?)lost["state"], (string?)lost["reason"], (int)lost["attempt"]!));
        var next = await server.EndedAsync(await RunNowAsync(server, path));
        Assert.Equal(("failed", "time-out"), ((string?)next["state"], (string?)next["reason"]));
        Assert.True(await server.IsReadyAsync());
    }

    [Fact]
    public async Task Kill_Server_NoWorkerIsLeft()
    {
        await using var server = await RealServer.StartAsync(folder);
        await RunAsync(server, ForEver);
        var workers = server.Process.Workers();
        Assert.NotEmpty(workers);

        await server.KillAsync();

        await Poll.UntilAsync("the workers are gone", () => Task.FromResult(!workers.Any(id => ServerProcess.IsWorker(id))));
    }

    [Fact]
    public async Task Stop_WorkersAreToldToEndToo_TheRunIsWaitedForAndNoWorkerIsLeft()
    {
        await using var server = await RealServer.StartAsync(folder);
        var (_, run) = await RunAsync(server, rounds: 3_000_000_000);
        var workers = server.Process.Workers();

        // As a terminal does, and a service manager that tells every process.
        ServerProcess.Signal("-TERM", [server.Process.Id, .. workers]);

        Assert.Equal(0, await server.Process.EndAsync());
        Assert.DoesNotContain(workers, id => ServerProcess.IsWorker(id));
        await using var again = await RealServer.StartAsync(folder);
        var ended = await again.GetAsync(run);
        Assert.Equal(("succeeded", 1), ((string?)ended["state"], (int)ended["attempt"]!));
    }

    [Fact]
    public async Task Start_ThereIsAnInstall_WorkersAreThereBeforeTheFirstCall()
    {
        await using (var first = await RealServer.StartAsync(folder))
        {
            await first.InstallAsync(BundleFile.Working(1), Tenant);
            Assert.Equal(0, await first.StopAsync());
        }

        await using var server = await RealServer.StartAsync(folder);
        await Poll.UntilAsync("both workers are there", () => Task.FromResult(server.Process.Workers().Count == 2));
    }

    /// <summary>Has a run under way; the schedule's path and the run's.</summary>
    private static async Task<(string Schedule, string Run)> RunAsync(RealServer server, long rounds)
    {
        var install = await server.InstallAsync(BundleFile.WitnessedWork(rounds), Tenant, "cap:scheduler.manage");
        var schedule = await server.PostAsync($"{install}/schedules", new { endpoint = BundleFile.Endpoint, cron = "0 0 1 1 *" });
        var path = $"{install}/schedules/{schedule["id"]}";
        var run = await RunNowAsync(server, path);
        await Poll.UntilAsync("its guest is under way", async () => (await server.GetAsync($"{install}/schedules"))["items"]!.AsArray().Count == 2);
        return (path, run);
    }

    private static async Task<string> RunNowAsync(RealServer server, string schedule)
    {
        using var queued = await server.Client.PostAsync($"{schedule}/run-now", content: null);
        return queued.Headers.Location!.ToString();
    }
}
