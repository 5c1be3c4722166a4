using System.Diagnostics;
using System.Text.Json.Nodes;
using Escapement.EndToEnd.Tests.Servers;

namespace Escapement.EndToEnd.Tests;

/// <summary>The last week of the world that <c>./demo --world</c> shows, as the real server opens it.</summary>
public sealed class SampleWorldTests(SampleWorldTests.SmallWorld world) : IClassFixture<SampleWorldTests.SmallWorld>
{
    private RealServer Server => world.Server;

    [Fact]
    public async Task Why_OfWhatWasMissedInTheNight_SaysOutage()
    {
        var schedule = await FindAsync("acme", "com.tallyho.payroll-check");
        var missed = (await Server.GetAsync($"{schedule}/runs?state=missed"))["items"]!.AsArray();
        var why = await Server.GetAsync($"{schedule}/why?at={Assert.Single(missed)!["dueAt"]}");

        Assert.Equal("missed", (string?)why["verdict"]);
        Assert.Contains("outage", why["causes"]!.AsArray().Select(c => (string?)c!["code"]));
    }

    [Fact]
    public async Task PriceFeed_OfATenantWhoseKeyRanOut_HasPausedItself()
    {
        var feed = await Server.GetAsync(await FindAsync("alpenrose", "com.fieldops.price-feed"));

        Assert.Equal("failures", (string?)feed["pauses"]![0]!["cause"]);
        Assert.Equal(8, (int)feed["failuresInARow"]!);
    }

    [Fact]
    public async Task TicketSync_OfABadVersion_WasTakenBackAndFails()
    {
        var schedule = await FindAsync("acme", "com.brightdesk.ticket-sync");
        var failed = (await Server.GetAsync($"{schedule}/runs?state=failed&limit=200"))["items"]!.AsArray();

        Assert.Contains("2.0.0", failed.Select(r => (string?)r!["version"]));
        Assert.Equal("1.4.0", (string?)(await Server.GetAsync(schedule[..schedule.IndexOf("/schedules", StringComparison.Ordinal)]))["version"]);
    }

    [Fact]
    public async Task Audit_OfTheWeek_HasWhatWasDeniedAndWhatWasTakenBack()
    {
        var entries = (await Server.GetAsync("/api/v1/tenants/acme/audit?limit=200"))["items"]!.AsArray();

        Assert.Contains("denied", entries.Select(e => (string?)e!["outcome"]));
        Assert.Contains("schedule.undo", entries.Select(e => (string?)e!["action"]));
        Assert.Contains("tenant.bulk-undo", entries.Select(e => (string?)e!["action"]));
    }

    [Fact]
    public async Task Schedule_OfTheWorld_GoesOnWithARealGuest()
    {
        var schedule = await FindAsync("acme", "com.nordwind.invoices");
        await Server.CompiledAsync("com.nordwind.invoices");
        var parts = schedule.Split("/schedules/");
        var run = await Server.RunNowAsync(parts[0], parts[1]);

        Assert.Equal("succeeded", (string?)run["state"]);
        Assert.Contains("com.nordwind.invoices 4.0.0: all done", run["evidence"]!["log"]!.AsArray().Select(l => (string?)l!["message"]));
    }

    private async Task<string> FindAsync(string tenant, string extension)
    {
        JsonNode found = (await Server.GetAsync($"/api/v1/tenants/{tenant}/schedules?extension={extension}"))["items"]![0]!;
        return $"/api/v1/tenants/{tenant}/installs/{found["installId"]}/schedules/{found["id"]}";
    }

    /// <summary>The world, made by the script's program, and a server on it.</summary>
    public sealed class SmallWorld : IAsyncLifetime
    {
        private readonly ServerFolder folder = new();

        internal RealServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            string[] arguments = [Repository.SampleWorldAssembly, "--data", folder.Data, "--token-file", folder.TokenFile, "--tenants", "4", "--weeks", "1"];
            using var maker = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardError = true })!;
            var errors = await maker.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await maker.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(maker.ExitCode == 0, errors);
            Server = await RealServer.StartAsync(folder);
        }

        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            folder.Dispose();
        }
    }
}
