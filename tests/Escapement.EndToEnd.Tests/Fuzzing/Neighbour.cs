using System.Diagnostics;
using System.Net;
using Escapement.EndToEnd.Tests.Bundles;
using Escapement.EndToEnd.Tests.Servers;

namespace Escapement.EndToEnd.Tests.Fuzzing;

/// <summary>Another tenant, whose schedule runs again and again meanwhile.</summary>
internal sealed class Neighbour
{
    private readonly RealServer server;
    private readonly string install;
    private readonly string schedule;

    private Neighbour(RealServer server, string install, string schedule)
    {
        this.server = server;
        this.install = install;
        this.schedule = schedule;
    }

    public int Runs { get; private set; }

    /// <summary>The longest time that a run waited from when it was due.</summary>
    public TimeSpan Latest { get; private set; }

    public static async Task<Neighbour> MoveInAsync(RealServer server)
    {
        var install = await server.InstallAsync(BundleFile.Working(10_000), "neighbour");
        var made = await server.PostAsync($"{install}/schedules", new { endpoint = BundleFile.Endpoint, cron = "0 0 1 1 *" });
        return new Neighbour(server, install, (string)made["id"]!);
    }

    public async Task LiveAsync(CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            var run = await server.RunNowAsync(install, schedule);
            Assert.True((string?)run["state"] == "succeeded", $"The neighbour's run: {run}");
            var late = DateTimeOffset.Parse((string)run["startedAt"]!, null) - DateTimeOffset.Parse((string)run["dueAt"]!, null);
            Latest = late > Latest ? late : Latest;
            Runs++;
        }
    }

    /// <summary>The best of five times in which the server says that it is alive.</summary>
    public async Task<TimeSpan> HealthAsync()
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await server.Client.GetAsync("/healthz", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var took = Stopwatch.GetElapsedTime(started);
            best = took < best ? took : best;
        }

        return best;
    }
}
