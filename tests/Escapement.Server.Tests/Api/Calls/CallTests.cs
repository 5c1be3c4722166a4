using System.Net;
using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Server.Tests.Api.Calls;

public sealed class CallTests
{
    [Fact]
    public async Task Get_CallThatFailed_HasItsErrorItsLogAndWhatItPrinted()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        server.Sandbox.Fail(RunReason.Trap, "The guest trapped: unreachable");
        server.Sandbox.Evidence = new RunEvidence(
            [new GuestLogLine(DateTimeOffset.UnixEpoch, "error", "before the trap"), new GuestLogLine(DateTimeOffset.UnixEpoch, "stdout", "console.log")],
            2,
            new Dictionary<string, int> { ["scheduler.list"] = 3 });

        var id = await CallAsync(server, "/api/status?secret=1", HttpStatusCode.BadGateway);

        var call = await server.GetAsync($"{install}/calls/{id}");
        Assert.Equal(
            ("GET", "/api/status", "trap", "The guest trapped: unreachable", 1),
            ((string?)call["method"], (string?)call["path"], (string?)call["reason"], (string?)call["error"], (int?)call["durationMs"]));
        Assert.Equal(["before the trap", "console.log"], call["evidence"]!["log"]!.AsArray().Select(l => (string?)l!["message"]));
        Assert.Equal((2, 3), ((int?)call["evidence"]!["droppedLogLines"], (int?)call["evidence"]!["hostCalls"]!["scheduler.list"]));
        Assert.False(call.ContainsKey("status"));
    }

    [Fact]
    public async Task List_CallsThatFailedAndThatDidNot_HasThoseThatFailedNewestFirst()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        await CallAsync(server, "/api/status", HttpStatusCode.OK);
        server.Sandbox.Respond(404);
        await CallAsync(server, "/api/status", HttpStatusCode.NotFound);
        server.Sandbox.Respond(500);
        var first = await CallAsync(server, "/api/status", HttpStatusCode.InternalServerError);
        server.Sandbox.Fail(RunReason.TimeOut, "too long");
        var second = await CallAsync(server, "/api/status", HttpStatusCode.GatewayTimeout);

        var calls = (await server.GetAsync($"{install}/calls"))["items"]!.AsArray();

        Assert.Equal([(second, null, "time-out"), (first, 500, null)], calls.Select(c => ((string?)c!["requestId"], (int?)c["status"], (string?)c["reason"])));
        Assert.All(calls, c => Assert.False(c!.AsObject().ContainsKey("evidence")));
        var page = await server.GetAsync($"{install}/calls?limit=1");
        var rest = await server.GetAsync($"{install}/calls?limit=1&cursor={page["nextCursor"]}");
        Assert.Equal(first, (string?)Assert.Single(rest["items"]!.AsArray())!["requestId"]);
    }

    [Fact]
    public async Task Get_AnswerOfWhichHeadersWereLeftOut_SaysWhichAndWhy()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        server.Sandbox.Respond(200, "ok", ("set-cookie", "a=b"), ("x-mine", "kept"));

        var id = await CallAsync(server, "/api/status", HttpStatusCode.OK);

        var call = await server.GetAsync($"{install}/calls/{id}");
        var line = Assert.Single(call["evidence"]!["log"]!.AsArray())!;
        Assert.Equal(
            ("host", "The response header \"set-cookie\" was left out: it is not one that extensions may set"),
            ((string?)line["level"], (string?)line["message"]));
    }

    [Fact]
    public async Task Get_AnotherInstallsOrUnknownId_IsNotFound()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var other = await server.InstallAsync("t2");
        server.Sandbox.Fail(RunReason.Trap, "why");
        var id = await CallAsync(server, "/api/status", HttpStatusCode.BadGateway);

        string[] paths = [$"{other}/calls/{id}", $"{install}/calls/{Guid.NewGuid()}", $"{install}/calls/{id.ToUpperInvariant()}", $"{install}/calls/x"];
        foreach (var path in paths)
        {
            using var answer = await server.Client.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, answer.StatusCode));
        }
    }

    [Fact]
    public async Task Call_ThatFailsVeryOften_IsKeptNoMoreThanItMayAndSaysSo()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        server.Sandbox.Fail(RunReason.Trap, "why");
        var named = 0;
        for (var i = 0; i < 100; i++)
        {
            using var answer = await SendAsync(server, "/api/status");
            named += (await RunningServer.ReadAsync(answer)).ContainsKey("log") ? 1 : 0;
        }

        Assert.InRange(named, 20, 99);
        Assert.Equal(named, (await server.GetAsync($"{install}/calls?limit=200"))["items"]!.AsArray().Count);
    }

    private static async Task<string> CallAsync(RunningServer server, string path, HttpStatusCode expected)
    {
        using var answer = await SendAsync(server, path);
        Assert.Equal(expected, answer.StatusCode);
        return answer.Headers.GetValues("x-request-id").Single();
    }

    private static async Task<HttpResponseMessage> SendAsync(RunningServer server, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/ext/{RunningServer.Extension}{path}");
        request.Headers.Add("x-alga-tenant", "t1");
        return await server.Client.SendAsync(request);
    }
}
