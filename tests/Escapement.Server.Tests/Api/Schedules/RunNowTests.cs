using System.Net;
using Escapement.Sandbox;

namespace Escapement.Server.Tests.Api.Schedules;

public sealed class RunNowTests
{
    [Fact]
    public async Task RunNow_WhileARunIsOpen_Answers409WithItsId()
    {
        await using var server = await RunningServer.StartAsync();
        var answer = new TaskCompletionSource<InvocationResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Sandbox.Answer = (_, _) => answer.Task;
        var install = await server.InstallAsync();
        var path = $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}";

        using var first = await server.Client.PostAsync($"{path}/run-now", null);
        using var second = await server.Client.PostAsync($"{path}/run-now", null);
        answer.SetResult(new InvocationResult.Responded(new HandlerResponse(503, [], null)));
        await server.RecordedAsync();

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var run = await RunningServer.ReadAsync(first);
        Assert.Equal((string?)run["id"], (string?)(await RunningServer.ReadAsync(second))["runId"]);
        var ended = await server.GetAsync(first.Headers.Location!.ToString());
        Assert.Equal("failed", (string?)ended["state"]);
        Assert.Equal("error-status", (string?)ended["reason"]);
        Assert.Equal("first-token", (string?)ended["requestedBy"]);
        Assert.Contains("503", (string?)ended["explanation"], StringComparison.Ordinal);
        Assert.Equal("1.0.0", (string?)ended["version"]);
        Assert.True(Guid.TryParse((string?)ended["versionId"], out _));
        Assert.Equal("error", (string?)(await server.GetAsync(path))["lastRunStatus"]);
    }

    [Fact]
    public async Task RunNow_InstallDisabled_Answers409()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var path = $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}";
        using var disabled = await server.Client.PostAsync($"{install}/disable", null);
        using var answer = await server.Client.PostAsync($"{path}/run-now", null);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.False((await server.GetAsync(path)).ContainsKey("nextDueAt"));
    }
}
