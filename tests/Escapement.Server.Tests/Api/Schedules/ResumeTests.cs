using System.Net;
using System.Net.Http.Json;

namespace Escapement.Server.Tests.Api.Schedules;

public sealed class ResumeTests
{
    [Fact]
    public async Task Resume_PausedAfterItsFailures_GoesOnAndOnceIsEnough()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var path = $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}";
        using var set = await server.Client.PatchAsJsonAsync(path, new { policy = new { pauseAfterFailures = 1 } });
        server.Sandbox.Respond(500);
        using var run = await server.Client.PostAsync($"{path}/run-now", null);
        Assert.Equal(HttpStatusCode.Accepted, run.StatusCode);
        await server.RecordedAsync();

        using var shown = await server.Client.GetAsync(path);
        var paused = await RunningServer.ReadAsync(shown);
        Assert.Equal(("failures", "Paused after 1 failed run in a row"), ((string?)paused["pauses"]![0]!["cause"], (string?)paused["pauses"]![0]!["note"]));
        Assert.Equal("Paused after 1 failed run in a row. The last: The endpoint answered with status 500", (string?)paused["lastError"]);
        Assert.Equal((1, true, null), ((int)paused["failuresInARow"]!, (bool)paused["enabled"]!, (string?)paused["nextDueAt"]));

        using var resumed = await server.Client.PostAsync($"{path}/resume", null);
        Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
        var after = await RunningServer.ReadAsync(resumed);
        Assert.Equal((0, null), ((int)after["failuresInARow"]!, after["pauses"]));
        Assert.NotNull(after["nextDueAt"]);
        using var again = await server.Client.PostAsync($"{path}/resume", null);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal("The schedule is not paused", (string?)(await RunningServer.ReadAsync(again))["detail"]);
        using var audit = await server.Client.GetAsync($"{install[..install.IndexOf("/installs", StringComparison.Ordinal)]}/audit");
        Assert.Contains((await RunningServer.ReadAsync(audit))["items"]!.AsArray(), e => (string?)e!["action"] == "schedule.resume");
    }

    [Fact]
    public async Task Resume_UnknownSchedule_Answers404()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        using var answer = await server.Client.PostAsync($"{install}/schedules/{Guid.NewGuid()}/resume", null);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
