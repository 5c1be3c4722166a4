using System.Net;
using System.Net.Http.Json;

namespace Escapement.Server.Tests.Api.Schedules;

public sealed class SkipTests
{
    [Fact]
    public async Task Skip_NextOccurrence_IsShownAndCanBeTakenBack()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var schedule = await server.CreateAsync(install, "daily");
        var (path, at) = ($"{install}/schedules/{schedule["id"]}", (string)schedule["nextDueAt"]!);

        using var skipped = await server.Client.PostAsJsonAsync($"{path}/skips", new { at, note = " the bank is closed " });
        Assert.Equal(HttpStatusCode.OK, skipped.StatusCode);
        var shown = await RunningServer.ReadAsync(skipped);
        var skip = Assert.Single(shown["skips"]!.AsArray())!;
        Assert.Equal((at, "the bank is closed", "first-token"), ((string?)skip["at"], (string?)skip["note"], (string?)skip["by"]));
        Assert.Equal(DateTimeOffset.Parse(at, null).AddDays(1), (DateTimeOffset)shown["nextDueAt"]!);

        using var again = await server.Client.PostAsJsonAsync($"{path}/skips", new { at, note = "again" });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal("urn:escapement:problem:already-skipped", (string?)(await RunningServer.ReadAsync(again))["type"]);

        using var back = await server.Client.DeleteAsync($"{path}/skips/{at}");
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.Equal(at, (string?)(await RunningServer.ReadAsync(back))["nextDueAt"]);
        using var gone = await server.Client.DeleteAsync($"{path}/skips/{at}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using var wrong = await server.Client.DeleteAsync($"{path}/skips/tomorrow");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Skip_WrongFields_Answers422AndNamesAll()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var path = $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}/skips";

        using var empty = await server.Client.PostAsJsonAsync(path, new { });
        using var none = await server.Client.PostAsJsonAsync(path, new { at = "2030-03-02T09:01:00Z", note = "closed" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        Assert.Equal(["at", "note"], (await RunningServer.ReadAsync(empty))["errors"]!.AsObject().Select(e => e.Key));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        Assert.Equal(
            "Not an occurrence to come; the next one is 2030-03-03T09:00:00.000Z", (string?)(await RunningServer.ReadAsync(none))["errors"]!["at"]);
    }
}
