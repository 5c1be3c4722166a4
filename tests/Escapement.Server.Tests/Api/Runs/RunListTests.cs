using System.Net;
using Escapement.Runs;

namespace Escapement.Server.Tests.Api.Runs;

public sealed class RunListTests
{
    [Fact]
    public async Task Runs_ByReasonTriggerAndTime_AreThoseAlone()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync("t1");
        var schedule = $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}";
        var runs = new List<(string Id, string DueAt)>();
        async Task RunAsync(string path, Action play)
        {
            play();
            using var queued = await server.Client.PostAsync(path, null);
            Assert.Equal(HttpStatusCode.Accepted, queued.StatusCode);
            await server.RecordedAsync();
            var run = await server.GetAsync($"/api/v1/tenants/t1/runs/{(await RunningServer.ReadAsync(queued))["id"]}");
            runs.Add(((string)run["id"]!, (string)run["dueAt"]!));
        }

        await RunAsync($"{schedule}/run-now", () => server.Sandbox.Fail(RunReason.Trap, "trapped"));
        await RunAsync($"{schedule}/run-now", () => server.Sandbox.Respond(500));
        await RunAsync($"/api/v1/tenants/t1/runs/{runs[0].Id}/rerun", () => server.Sandbox.Respond(200));

        foreach (var (query, expected) in ((string, int[])[])
        [
            ("reason=trap", [0]), ("reason=trap,error-status", [1, 0]),
            ("trigger=rerun", [2]), ("trigger=run-now,rerun", [2, 1, 0]), ("trigger=schedule", []),
            ($"from={runs[1].DueAt}", [2, 1]), ($"to={runs[1].DueAt}", [0]), ($"from={runs[1].DueAt}&to={runs[2].DueAt}", [1]),
            ($"from={runs[2].DueAt}&to={runs[0].DueAt}", []), ($"reason=trap&trigger=rerun&from={runs[0].DueAt}", []),
            ("state=failed&trigger=run-now&reason=trap", [0]), ($"from={runs[1].DueAt}&to={runs[2].DueAt}&reaching=false", [1]),
            ($"from={runs[1].DueAt}&to={runs[2].DueAt}&reaching=true", []),
        ])
        {
            var listed = (await server.GetAsync($"/api/v1/tenants/t1/runs?{query}"))["items"]!.AsArray().Select(r => (string)r!["id"]!);
            Assert.Equal((query, string.Join(' ', expected.Select(i => runs[i].Id))), (query, string.Join(' ', listed)));
        }

        foreach (var (query, field) in ((string, string)[])
        [
            ("reason=bad-luck", "reason"), ("reason=trap,bad-luck", "reason"), ("trigger=cron", "trigger"), ("trigger=", "trigger"), ("state=done", "state"),
            ("from=yesterday", "from"), ("to=2026-03-02", "to"), ("reaching=into", "reaching"), ("reaching=true", "reaching"),
            ("reaching=true&from=2026-03-02T09:00:00Z&to=2026-03-02T09:00:00Z", "reaching"),
        ])
        {
            using var refused = await server.Client.GetAsync($"/api/v1/tenants/t1/runs?{query}");
            Assert.Equal((query, HttpStatusCode.BadRequest), (query, refused.StatusCode));
            Assert.Equal([field], (await RunningServer.ReadAsync(refused))["errors"]!.AsObject().Select(e => e.Key));
        }
    }

    [Fact]
    public async Task Runs_OfATenantAndOfAll_SayWhatTheyAreOfAndAreFoundByTheVersionThatTheyRan()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync("t1");
        using var queued = await server.Client.PostAsync($"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}/run-now", null);
        await server.RecordedAsync();
        var run = await server.GetAsync($"/api/v1/tenants/t1/runs/{(await RunningServer.ReadAsync(queued))["id"]}");

        foreach (var list in (string[])["/api/v1/tenants/t1/runs", "/api/v1/ended-runs"])
        {
            var listed = Assert.Single((await server.GetAsync($"{list}?versionId={run["versionId"]}"))["items"]!.AsArray())!;
            Assert.Equal((string?)run["id"], (string?)listed["id"]);
            Assert.Equal(
                ("daily", RunningServer.Extension, (string?)run["timezone"]),
                ((string?)listed["schedule"], (string?)listed["extensionId"], (string?)listed["timezone"]));
            Assert.Empty((await server.GetAsync($"{list}?versionId={Guid.CreateVersion7()}"))["items"]!.AsArray());
            using var refused = await server.Client.GetAsync($"{list}?versionId=1.0.0");
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        Assert.NotNull(run["timezone"]);
        using var removed = await server.Client.DeleteAsync(install);
        var gone = Assert.Single((await server.GetAsync("/api/v1/tenants/t1/runs"))["items"]!.AsArray())!;
        Assert.Equal(("daily", RunningServer.Extension), ((string?)gone["schedule"], (string?)gone["extensionId"]));
    }

    [Fact]
    public async Task Runs_OfAScheduleWhoseInstallIsGone_AreFoundByItsId()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync("t1");
        var (id, otherId) = ((await server.CreateAsync(install, "daily"))["id"], (await server.CreateAsync(install, "other"))["id"]);
        foreach (var each in new[] { id, otherId })
        {
            using var queued = await server.Client.PostAsync($"{install}/schedules/{each}/run-now", null);
            Assert.Equal(HttpStatusCode.Accepted, queued.StatusCode);
            await server.RecordedAsync();
        }

        using var removed = await server.Client.DeleteAsync(install);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);

        var runs = (await server.GetAsync($"/api/v1/tenants/t1/runs?scheduleId={id}"))["items"]!.AsArray();
        Assert.Equal((string?)id, (string?)Assert.Single(runs)!["scheduleId"]);
        Assert.Empty((await server.GetAsync($"/api/v1/tenants/t2/runs?scheduleId={id}"))["items"]!.AsArray());
    }
}
