using System.Net;
using System.Text.Json.Nodes;
using Escapement.EndToEnd.Tests.Bundles;
using Escapement.EndToEnd.Tests.Servers;

namespace Escapement.EndToEnd.Tests;

/// <summary>An installation begins with SQLite and goes on with PostgreSQL, by the commands that an operator gives.</summary>
public sealed class CopyStoreTests : IAsyncLifetime
{
    private const string DueNow = "UPDATE schedules SET next_due_at = date_trunc('milliseconds', now()), next_start_at = date_trunc('milliseconds', now())";

    private const string Tenant = "acme";

    private readonly PostgresCluster cluster = new();
    private readonly ServerFolder folder = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task CopyStore_ThenNodesOnPostgres_KeepTokenAndHistoryAndFire()
    {
        string install, path;
        JsonObject schedule, run;
        await using (var sqlite = await RealServer.StartAsync(folder))
        {
            var (code, _, error) = await CopyAsync();
            Assert.Equal(3, code);
            Assert.Contains("is in use by another Escapement process", Assert.Single(error), StringComparison.Ordinal);

            install = await sqlite.InstallAsync(BundleFile.Working(rounds: 1_000), Tenant);
            schedule = await sqlite.PostAsync($"{install}/schedules", new { endpoint = BundleFile.Endpoint, cron = "0 0 1 1 *", name = "Yearly" });
            path = $"{install}/schedules/{schedule["id"]}";
            run = await sqlite.RunNowAsync(install, (string)schedule["id"]!);
            Assert.Equal("succeeded", (string?)run["state"]);
            Assert.Equal(0, await sqlite.StopAsync());
        }

        var (copied, output, errors) = await CopyAsync();
        Assert.True(copied == 0, string.Join('\n', errors));
        Assert.Contains("Copied and compared.", output, StringComparison.Ordinal);
        var (again, outputAgain, _) = await CopyAsync();
        Assert.Equal(0, again);
        Assert.Contains("Nothing to do", outputAgain, StringComparison.Ordinal);

        // The same token file: no node of the new installation makes another.
        await using var node = await RealServer.StartAsync(folder, [.. cluster.Settings, ("ESCAPEMENT__Firing__Node", "moved")]);
        Assert.DoesNotContain("esc_", node.Process.Output, StringComparison.Ordinal);
        var there = await node.GetAsync(path);
        Assert.Equal(
            ("Yearly", (string?)schedule["nextDueAt"], "success"),
            ((string?)there["name"], (string?)there["nextDueAt"], (string?)there["lastRunStatus"]));
        Assert.Equal(run["startedAt"]!.ToString(), (await node.GetAsync($"/api/v1/tenants/{Tenant}/runs/{run["id"]}"))["startedAt"]!.ToString());

        Assert.Equal(1, await cluster.ExecuteAsync(DueNow));
        var fired = await Poll.UntilAsync("the moved schedule was fired", async () => (await node.GetAsync($"{path}/runs"))["items"]!.AsArray()
            .FirstOrDefault(r => (string?)r!["trigger"] == "schedule" && (string?)r["state"] is not ("queued" or "running")));
        Assert.Equal(("succeeded", "moved"), ((string?)fired["state"], (string?)fired["node"]));
        var (status, _) = await node.CallAsync(Tenant, BundleFile.Extension, HttpMethod.Post, "/api/work", "{}");
        Assert.Equal(HttpStatusCode.OK, status);
    }

    private async Task<(int Code, string Output, IReadOnlyList<string> Errors)> CopyAsync()
    {
        using var process = new ServerProcess(["copy-store", "--data", folder.Data, "--connection", cluster.ConnectionString, "--schema", cluster.Schema]);
        return (await process.EndAsync(), process.Output, process.Errors);
    }
}
