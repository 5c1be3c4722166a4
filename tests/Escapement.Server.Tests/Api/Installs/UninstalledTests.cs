using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Server.Tests.Api.Installs;

public sealed class UninstalledTests
{
    private const string Uninstalled = "/api/v1/tenants/t1/uninstalled";

    [Fact]
    public async Task Restore_AfterUninstalling_BringsBackIdsAndCountsFromNow()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var id = install.Split('/')[^1];
        var schedule = await server.CreateAsync(install, "nightly");
        using var removed = await server.Client.DeleteAsync(install);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        var kept = (await server.GetAsync(Uninstalled))["items"]!.AsArray().Single()!;
        Assert.Equal((id, "1.0.0", 1), ((string?)kept["id"], (string?)kept["version"], (int)kept["schedules"]!));
        Assert.Equal(TimeSpan.FromDays(7), At(kept["restorableUntil"]) - At(kept["removedAt"]));

        var (status, back) = await PostAsync(server, $"{Uninstalled}/{id}/restore");

        Assert.Equal((HttpStatusCode.OK, id), (status, (string?)back["id"]));
        var restored = (await server.GetAsync($"{install}/schedules"))["items"]!.AsArray().Single()!;
        Assert.Equal(
            ((string?)schedule["id"], "nightly", (string?)schedule["nextDueAt"]),
            ((string?)restored["id"], (string?)restored["name"], (string?)restored["nextDueAt"]));
        Assert.Empty((await server.GetAsync(Uninstalled))["items"]!.AsArray());
    }

    // What came due while it was away neither runs nor is missed; a pause that ended meanwhile is over, and a skip that passed is gone.
    [Theory]
    [InlineData("uninstalled")]
    [InlineData("deleted")]
    public async Task Restore_AfterHours_CountsFromNow(string how)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 30, 0, TimeSpan.Zero));
        await using var server = await RunningServer.StartAsync(
            o => o.Roles = AspNetCore.EscapementRoles.Api, services: s => s.AddSingleton<TimeProvider>(time));
        var install = await server.InstallAsync();
        using var created = await server.Client.PostAsJsonAsync($"{install}/schedules", new { endpoint = "POST /api/sync", cron = "0 * * * *" });
        var schedule = $"{install}/schedules/{(await RunningServer.ReadAsync(created))["id"]}";
        using var paused = await server.Client.PostAsJsonAsync($"{schedule}/pause", new { note = "move", until = "2026-03-02T11:00:00Z", onEnd = "all" });
        using var skipped = await server.Client.PostAsJsonAsync($"{schedule}/skips", new { at = "2026-03-02T12:00:00Z", note = "closed" });
        Assert.True(paused.IsSuccessStatusCode && skipped.IsSuccessStatusCode);
        time.SetUtcNow(new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero));
        using var removed = await server.Client.DeleteAsync(how == "deleted" ? schedule : install);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        time.SetUtcNow(new DateTimeOffset(2026, 3, 2, 12, 30, 0, TimeSpan.Zero));

        using var restored = await (how == "deleted"
            ? server.Client.PostAsJsonAsync($"{schedule.Replace("/schedules/", "/deleted-schedules/", StringComparison.Ordinal)}/restore", new { })
            : server.Client.PostAsync($"{Uninstalled}/{install.Split('/')[^1]}/restore", content: null));

        Assert.Equal(HttpStatusCode.OK, restored.StatusCode);
        var back = await server.GetAsync(schedule);
        Assert.Equal(("2026-03-02T13:00:00.000Z", true), ((string?)back["nextDueAt"], (bool)back["enabled"]!));
        Assert.Null(back["pauses"]);
        Assert.Null(back["skips"]);
        var row = Assert.Single((await server.GetAsync($"{schedule}/runs"))["items"]!.AsArray())!;
        Assert.Equal(("skipped", "2026-03-02T09:00:00.000Z", 1), ((string?)row["state"], (string?)row["dueAt"], (int)row["missed"]!["count"]!));
    }

    [Fact]
    public async Task Restore_ExtensionIsInstalledAgain_Is409AndNamesIt()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        using var removed = await server.Client.DeleteAsync(install);
        var again = await server.InstallAsync();

        var (status, refused) = await PostAsync(server, $"{Uninstalled}/{install.Split('/')[^1]}/restore");

        Assert.Equal((HttpStatusCode.Conflict, "urn:escapement:problem:already-installed"), (status, (string?)refused["type"]));
        Assert.Contains(again.Split('/')[^1], (string)refused["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Purge_IsForGood()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var id = install.Split('/')[^1];
        using var removed = await server.Client.DeleteAsync(install);

        using var stranger = await server.Client.DeleteAsync($"/api/v1/tenants/t2/uninstalled/{id}");
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        using var purged = await server.Client.DeleteAsync($"{Uninstalled}/{id}");
        Assert.Equal(HttpStatusCode.NoContent, purged.StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(server, $"{Uninstalled}/{id}/restore")).Status);
    }

    [Fact]
    public async Task List_InPages_ShowsEachOnceTheLatestFirst()
    {
        await using var server = await RunningServer.StartAsync();
        var gone = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var install = await server.InstallAsync();
            using var removed = await server.Client.DeleteAsync(install);
            gone.Insert(0, install.Split('/')[^1]);
        }

        var other = await server.InstallAsync("t2");
        using var removedToo = await server.Client.DeleteAsync(other);

        var first = await server.GetAsync($"{Uninstalled}?limit=2");
        var rest = await server.GetAsync($"{Uninstalled}?limit=2&cursor={first["nextCursor"]}");

        Assert.Equal(gone, first["items"]!.AsArray().Concat(rest["items"]!.AsArray()).Select(i => (string)i!["id"]!));
        Assert.Null(rest["nextCursor"]);

        // A place and no tenant.
        var theirs = await server.GetAsync($"/api/v1/tenants/t2/uninstalled?cursor={first["nextCursor"]}");
        Assert.Empty(theirs["items"]!.AsArray());
        foreach (var wrong in (string[])["limit=0", "limit=201", "cursor=x"])
        {
            using var refused = await server.Client.GetAsync($"{Uninstalled}?{wrong}");
            Assert.Equal((wrong, HttpStatusCode.BadRequest), (wrong, refused.StatusCode));
        }
    }

    [Fact]
    public async Task Uninstall_NothingIsKept_CannotBeRestored()
    {
        await using var server = await RunningServer.StartAsync(o => o.Retention = o.Retention with { Removed = TimeSpan.Zero });
        var install = await server.InstallAsync();
        var schedule = await server.CreateAsync(install, "nightly");
        using var deleted = await server.Client.DeleteAsync($"{install}/schedules/{schedule["id"]}");
        Assert.Empty((await server.GetAsync($"{install}/deleted-schedules"))["items"]!.AsArray());

        using var removed = await server.Client.DeleteAsync(install);

        Assert.Empty((await server.GetAsync(Uninstalled))["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(server, $"{Uninstalled}/{install.Split('/')[^1]}/restore")).Status);
    }

    private static DateTimeOffset At(JsonNode? text) => DateTimeOffset.Parse((string)text!, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<(HttpStatusCode Status, JsonObject Body)> PostAsync(RunningServer server, string path)
    {
        using var answer = await server.Client.PostAsync(path, content: null);
        return (answer.StatusCode, await RunningServer.ReadAsync(answer));
    }
}
