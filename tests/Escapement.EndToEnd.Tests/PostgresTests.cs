using System.Net;
using System.Text.Json.Nodes;
using Escapement.EndToEnd.Tests.Bundles;
using Escapement.EndToEnd.Tests.Servers;

namespace Escapement.EndToEnd.Tests;

/// <summary>The server that people start, with a PostgreSQL under it: one node, several equal ones, and nodes that share the work by role.</summary>
public sealed class PostgresTests : IAsyncLifetime
{
    private const string DueNow = "UPDATE schedules SET next_due_at = date_trunc('milliseconds', now()), next_start_at = date_trunc('milliseconds', now())";

    private const string Extension = "com.escapement.scheduler-demo";
    private const string Tenant = "acme";

    // Far from the test's own time, so that each schedule has the one occurrence that the test gives it.
    private const string OnceAYear = "0 0 1 1 *";

    // Longer than a test waits: what happens in time was not found by looking, but because another node said so.
    private static readonly (string Name, string Value) LooksSeldom = ("ESCAPEMENT__Firing__PollInterval", "00:01:00");

    private readonly PostgresCluster cluster = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task Sample_OneNode_SetsItselfUpAndItsRunIsRecorded()
    {
        var server = await cluster.StartAsync("a");
        var install = await server.InstallAsync(
            Repository.Bundle("samples/scheduler-demo"), Tenant, "cap:scheduler.manage", "cap:log.emit", "cap:context.read");
        var (code, report) = await server.CallAsync(Tenant, Extension, HttpMethod.Post, "/api/setup");
        Assert.True(code == HttpStatusCode.OK, $"{code}: {report?.ToJsonString()}");

        var run = await server.RunNowAsync(install, (string)report!["schedules"]![0]!["scheduleId"]!);
        Assert.Equal(("succeeded", "run-now", 1, "a"), ((string?)run["state"], (string?)run["trigger"], (int)run["attempt"]!, (string?)run["node"]));
        Assert.Equal($"Heartbeat due {run["dueAt"]}, attempt 1", (string?)Assert.Single(run["evidence"]!["log"]!.AsArray())!["message"]);
        Assert.Equal(0, await server.StopAsync());

        var again = await cluster.StartAsync("b");
        Assert.Equal("succeeded", (string?)(await again.GetAsync($"/api/v1/tenants/{Tenant}/runs/{run["id"]}"))["state"]);
    }

    [Fact]
    public async Task ThreeNodes_SchedulesMadeThroughOne_AreFiredOnceByWhicheverNode()
    {
        // They start together on an empty schema: one makes it, the others wait.
        var nodes = await Task.WhenAll(cluster.StartAsync("a"), cluster.StartAsync("b"), cluster.StartAsync("c"));
        using var published = await nodes[0].PublishAsync(BundleFile.Working(rounds: 1_000));
        Assert.Equal(HttpStatusCode.Created, published.StatusCode);
        var schedules = new List<string>();
        foreach (var tenant in Enumerable.Range(1, 6).Select(n => $"t{n}"))
        {
            var install = await nodes[0].InstallAsync(BundleFile.Extension, tenant);
            for (var n = 0; n < 5; n++)
            {
                var schedule = await nodes[0].PostAsync($"{install}/schedules", new { endpoint = BundleFile.Endpoint, cron = OnceAYear });
                schedules.Add($"{install}/schedules/{schedule["id"]}");
            }
        }

        Assert.Equal(schedules.Count, await cluster.ExecuteAsync(DueNow));

        foreach (var schedule in schedules)
        {
            var run = await Poll.UntilAsync($"{schedule} was fired", async () =>
                (await nodes[1].GetAsync($"{schedule}/runs"))["items"]!.AsArray() is { Count: > 0 } runs
                && (string?)runs[0]!["state"] is not ("queued" or "running") ? runs : null);
            var only = Assert.Single(run)!;
            Assert.Equal(("succeeded", "schedule", 1), ((string?)only["state"], (string?)only["trigger"], (int)only["attempt"]!));
            Assert.Contains((string?)only["node"], (string[])["a", "b", "c"]);
            Assert.Equal("success", (string?)(await nodes[2].GetAsync(schedule))["lastRunStatus"]);
        }
    }

    [Fact]
    public async Task ApiNodeAndFiringNode_Together_ServeAndFire()
    {
        var api = await cluster.StartAsync("api", ("ESCAPEMENT__Roles", "api"));
        var firing = await cluster.StartAsync("firing", ("ESCAPEMENT__Roles", "firing"), LooksSeldom);
        Assert.Null((await ReadyAsync(api))["checks"]!["firing"]);
        Assert.Equal("ok", (string?)(await ReadyAsync(firing))["checks"]!["firing"]);

        var install = await api.InstallAsync(BundleFile.Working(rounds: 1_000), Tenant);
        var schedule = await api.PostAsync($"{install}/schedules", new { endpoint = BundleFile.Endpoint, cron = OnceAYear });
        var run = await api.RunNowAsync(install, (string)schedule["id"]!);
        Assert.Equal(("succeeded", "firing"), ((string?)run["state"], (string?)run["node"]));

        var (code, _) = await api.CallAsync(Tenant, BundleFile.Extension, HttpMethod.Post, "/api/work", "{}");
        Assert.Equal(HttpStatusCode.OK, code);
        foreach (var path in new[] { "/api/v1/extensions", $"{install}/schedules", "/openapi/v1.json" })
        {
            using var answer = await firing.Client.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, answer.StatusCode));
        }

        Assert.DoesNotContain("esc_", firing.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoNodes_OneComponent_IsCompiledByOneAndLoadedByTheOther()
    {
        var first = await cluster.StartAsync("a");
        var install = await first.InstallAsync(BundleFile.Working(rounds: 1_000), Tenant);
        Assert.Equal(0, await first.StopAsync());

        // It has an empty folder of its own, and the component only in the store.
        var second = await cluster.StartAsync("b");
        var schedule = await second.PostAsync($"{install}/schedules", new { endpoint = BundleFile.Endpoint, cron = OnceAYear });
        Assert.Equal("succeeded", (string?)(await second.RunNowAsync(install, (string)schedule["id"]!))["state"]);

        Assert.Contains("Compiled the component", first.Process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Compiling the component", second.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SchemaOfANewerVersion_IsRefusedInOneLine()
    {
        var node = await cluster.StartAsync("a");
        Assert.Equal(0, await node.StopAsync());
        await cluster.ExecuteAsync("INSERT INTO migrations (number, name, applied_at) VALUES (9999, 'later', now())");

        var (code, errors) = await cluster.RefusedAsync();
        Assert.Equal(3, code);
        Assert.Contains("9999", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WrongPassword_IsRefusedInOneLineThatDoesNotShowIt()
    {
        var (code, errors) = await cluster.RefusedAsync(
            ("ESCAPEMENT__PostgreSql__ConnectionString", $"{cluster.ConnectionString};Username=nobody-there;Password=secret-word"));
        Assert.Equal(3, code);
        Assert.DoesNotContain("secret-word", Assert.Single(errors), StringComparison.Ordinal);
    }

    private static Task<JsonObject> ReadyAsync(RealServer node) => node.GetAsync("/readyz");
}
