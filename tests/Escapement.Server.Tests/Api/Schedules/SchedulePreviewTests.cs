using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Server.Tests.Api.Schedules;

public sealed class SchedulePreviewTests
{
    // Before the old time and the new one, between them, after both, and around midnight: what moves depends on it, and nothing else.
    [Theory]
    [InlineData("2026-03-02T08:59:59Z", 0, 31)]
    [InlineData("2026-03-02T09:30:00Z", 1, 30)]
    [InlineData("2026-03-02T12:00:00Z", 0, 30)]
    [InlineData("2026-03-28T23:59:59Z", 0, 30)]
    [InlineData("2026-03-29T00:00:00Z", 0, 31)]
    public async Task Preview_OfAScheduleThatIsThere_ShowsWordsTimesDifferenceAndCrowdAndChangesNothing(string now, int added, int moved)
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));
        await using var server = await RunningServer.StartAsync(
            o => o.Roles = AspNetCore.EscapementRoles.Api, services: s => s.AddSingleton<TimeProvider>(time));
        var install = await server.InstallAsync();
        var schedule = await server.CreateAsync(install, "daily");
        await server.CreateAsync(install, "other");

        var shown = await PreviewAsync(server, install, new { cron = "0 10 * * *", scheduleId = schedule["id"] });

        Assert.Equal(("ok", "UTC", "At 10:00 every day"), ((string?)shown["verdict"], (string?)shown["timezone"], (string?)shown["words"]));
        Assert.Equal(10, shown["occurrences"]!.AsArray().Count);
        Assert.Equal(
            (added, 0, moved),
            ((int)shown["difference"]!["added"]!, (int)shown["difference"]!["lost"]!, (int)shown["difference"]!["moved"]!));
        Assert.Equal(0, (int)shown["crowd"]!["others"]!);
        Assert.Equal(1, (int)(await server.GetAsync($"{install}/schedules/{schedule["id"]}"))["revision"]!);
        var same = await PreviewAsync(server, install, new { scheduleId = schedule["id"] });
        Assert.Equal(1, (int)same["crowd"]!["others"]!);
        Assert.All(same["occurrences"]!.AsArray(), o => Assert.Equal(1, (int)o!["others"]!));
    }

    [Theory]
    [InlineData("*/2 * * * *", "UTC", "too-frequent", "cron", "Every 2 minutes")]
    [InlineData("0 0 30 2 *", "UTC", "never", "cron", "At 00:00 on the 30th in February")]
    [InlineData("nine", "UTC", "field-count", "cron", null)]
    [InlineData("0 9 * * *", "Mars/Base", "ok", "timezone", "At 09:00 every day")]
    public async Task Preview_OfWhatWouldBeRefused_SaysItInTheWordsOfTheRefusal(string cron, string timezone, string verdict, string field, string? words)
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = AspNetCore.EscapementRoles.Api);
        var install = await server.InstallAsync();
        var shown = await PreviewAsync(server, install, new { cron, timezone });
        using var refused = await server.Client.PostAsJsonAsync($"{install}/schedules", new { endpoint = "POST /api/sync", cron, timezone });

        Assert.Equal((verdict, words), ((string?)shown["verdict"], (string?)shown["words"]));
        Assert.Empty(shown["occurrences"]!.AsArray());
        Assert.True(JsonNode.DeepEquals(shown["errors"], (await RunningServer.ReadAsync(refused))["errors"]));
        Assert.Equal([field], shown["errors"]!.AsObject().Select(e => e.Key));
    }

    [Fact]
    public async Task Preview_OfAnotherInstallsSchedule_IsNotFound()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = AspNetCore.EscapementRoles.Api);
        var schedule = await server.CreateAsync(await server.InstallAsync("t1"), "daily");
        var other = await server.InstallAsync("t2");
        using var answer = await server.Client.PostAsJsonAsync($"{other}/schedules/preview", new { cron = "0 9 * * *", scheduleId = schedule["id"] });
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<JsonObject> PreviewAsync(RunningServer server, string install, object body)
    {
        using var answer = await server.Client.PostAsJsonAsync($"{install}/schedules/preview", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await RunningServer.ReadAsync(answer);
    }
}
