using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Escapement.Server.Tests.Api.Schedules;

public sealed class DeletedScheduleTests
{
    [Fact]
    public async Task Restore_Deleted_BringsBackItsId()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var schedule = await DeletedAsync(server, install);
        var kept = (await server.GetAsync($"{install}/deleted-schedules"))["items"]!.AsArray().Single()!;
        Assert.Equal((string?)schedule["id"], (string?)kept["schedule"]!["id"]);

        var (status, back) = await RestoreAsync(server, install, schedule, new { });

        Assert.Equal((HttpStatusCode.OK, (string?)schedule["id"], "nightly"), (status, (string?)back["id"], (string?)back["name"]));
        Assert.Equal((string?)schedule["nextDueAt"], (string?)back["nextDueAt"]);
    }

    [Fact]
    public async Task List_PageByPage_HasTheLatestFirstAndRefusesWhatIsNoPlace()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        string[] deleted = [(string)(await DeletedAsync(server, install))["id"]!, (string)(await DeletedAsync(server, install))["id"]!];

        var first = await server.GetAsync($"{install}/deleted-schedules?limit=1");
        var second = await server.GetAsync($"{install}/deleted-schedules?limit=1&cursor={first["nextCursor"]}");

        Assert.Equal(deleted[1], (string?)Assert.Single(first["items"]!.AsArray())!["schedule"]!["id"]);
        Assert.Equal(deleted[0], (string?)Assert.Single(second["items"]!.AsArray())!["schedule"]!["id"]);
        Assert.Null(second["nextCursor"]);
        foreach (var wrong in (string[])["cursor=x", "limit=0", "limit=201"])
        {
            using var refused = await server.Client.GetAsync($"{install}/deleted-schedules?{wrong}");
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    [Fact]
    public async Task Restore_NameIsTaken_Is409AndTakesAnother()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var schedule = await DeletedAsync(server, install);
        await server.CreateAsync(install, "nightly");

        var (status, refused) = await RestoreAsync(server, install, schedule, new { });
        Assert.Equal((HttpStatusCode.Conflict, "urn:escapement:problem:name-taken"), (status, (string?)refused["type"]));
        var (bad, wrong) = await RestoreAsync(server, install, schedule, new { name = new string('x', 129) });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "urn:escapement:problem:validation-failed"), (bad, (string?)wrong["type"]));

        Assert.Equal("other", (string?)(await RestoreAsync(server, install, schedule, new { name = " other " })).Body["name"]);
    }

    [Fact]
    public async Task Restore_InstallIsFull_Is409()
    {
        await using var server = await RunningServer.StartAsync(o => o.Limits = o.Limits with { MaxPerInstall = 1 });
        var install = await server.InstallAsync();
        var schedule = await DeletedAsync(server, install);
        await server.CreateAsync(install, "other");

        var (status, refused) = await RestoreAsync(server, install, schedule, new { });

        Assert.Equal((HttpStatusCode.Conflict, "urn:escapement:problem:quota-exceeded"), (status, (string?)refused["type"]));
    }

    [Fact]
    public async Task Purge_IsForGoodAndAnothersAreUnknown()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var other = await server.InstallAsync("t2");
        var schedule = await DeletedAsync(server, install);

        Assert.Equal(HttpStatusCode.NotFound, (await RestoreAsync(server, other, schedule, new { })).Status);
        using var stranger = await server.Client.DeleteAsync($"{other}/deleted-schedules/{schedule["id"]}");
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        using var purged = await server.Client.DeleteAsync($"{install}/deleted-schedules/{schedule["id"]}");
        Assert.Equal(HttpStatusCode.NoContent, purged.StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await RestoreAsync(server, install, schedule, new { })).Status);
    }

    private static async Task<JsonObject> DeletedAsync(RunningServer server, string install)
    {
        var schedule = await server.CreateAsync(install, "nightly");
        using var deleted = await server.Client.DeleteAsync($"{install}/schedules/{schedule["id"]}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        return schedule;
    }

    private static async Task<(HttpStatusCode Status, JsonObject Body)> RestoreAsync(RunningServer server, string install, JsonObject schedule, object body)
    {
        using var answer = await server.Client.PostAsJsonAsync($"{install}/deleted-schedules/{schedule["id"]}/restore", body);
        return (answer.StatusCode, await RunningServer.ReadAsync(answer));
    }
}
