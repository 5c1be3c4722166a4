using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Escapement.Server.Tests.Api.Pauses;

public sealed class PauseTests
{
    private const string Tenant = "/api/v1/tenants/t1";

    [Theory]
    [InlineData("host")]
    [InlineData("tenant")]
    [InlineData("install")]
    [InlineData("schedule")]
    public async Task Pause_EachLayer_IsShownOnTheScheduleAndEndsByResuming(string layer)
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var schedule = $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}";
        var path = layer switch { "host" => "/api/v1", "tenant" => Tenant, "install" => install, _ => schedule };

        var paused = await DoneAsync(server, $"{path}/pause", new { note = "  database move ", onEnd = "latest" });

        Assert.Equal((layer, "database move", "latest"), Told(paused["pause"]!));
        Assert.Equal(0, (int)paused["runsUnderWay"]!);
        var shown = await server.GetAsync(schedule);
        Assert.Equal((layer, "database move", "latest"), Told(Assert.Single(shown["pauses"]!.AsArray())!));
        var one = shown["pauses"]![0]!;
        Assert.Equal(("asked", "first-token", true), ((string?)one["cause"], (string?)one["by"], (bool)one["byOperator"]!));
        Assert.False(shown.ContainsKey("nextDueAt"));
        Assert.True((bool)shown["enabled"]!);
        await RefusedAsync(server, $"{path}/pause", new { note = "again" }, HttpStatusCode.Conflict, "already-paused");

        using var resumed = await server.Client.PostAsync($"{path}/resume", null);
        Assert.Equal(layer == "schedule" ? HttpStatusCode.OK : HttpStatusCode.NoContent, resumed.StatusCode);
        Assert.False((await server.GetAsync(schedule)).ContainsKey("pauses"));
        await RefusedAsync(server, $"{path}/resume", null, HttpStatusCode.Conflict, "not-paused");
        await RefusedAsync(server, $"{path}/resume/preview", null, HttpStatusCode.Conflict, "not-paused");
    }

    [Theory]
    [InlineData(null, null, null, "note")]
    [InlineData(" ", null, null, "note")]
    [InlineData("move", "2020-01-01T00:00:00Z", null, "until")]
    [InlineData("move", null, "never", "onEnd")]
    public async Task Pause_WrongField_Answers422AndNamesIt(string? note, string? until, string? onEnd, string field)
    {
        await using var server = await RunningServer.StartAsync();

        var problem = await RefusedAsync(server, $"{Tenant}/pause", new { note, until, onEnd }, HttpStatusCode.UnprocessableEntity, "validation-failed");

        Assert.Equal(field, Assert.Single(problem["errors"]!.AsObject()).Key);
        Assert.False((await server.GetAsync($"{Tenant}/pause")).ContainsKey("pause"));
    }

    [Theory]
    [InlineData(512, HttpStatusCode.OK)]
    [InlineData(513, HttpStatusCode.UnprocessableEntity)]
    public async Task Pause_NoteOneStepEitherSideOfItsLimit_IsTakenOrNot(int length, HttpStatusCode status)
    {
        await using var server = await RunningServer.StartAsync();

        using var answer = await server.Client.PostAsJsonAsync($"{Tenant}/pause", new { note = new string('x', length) });

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Resume_ByItsPreview_DoesWhatWasShownOnce()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        foreach (var path in (string[])["/api/v1", Tenant, install])
        {
            await DoneAsync(server, $"{path}/pause", new { note = "move" });
            var shown = await DoneAsync(server, $"{path}/resume/preview?onEnd=all", null);
            Assert.Equal(0, (int)shown["runs"]!);
            await RefusedAsync(server, $"{path}/resume?onEnd=all", new { previewToken = shown["token"] }, HttpStatusCode.BadRequest, "invalid-request");

            var resumed = await DoneAsync(server, $"{path}/resume", new { previewToken = shown["token"] });

            Assert.Empty(resumed["changedSince"]!.AsArray());
            Assert.False((await server.GetAsync($"{path}/pause")).ContainsKey("pause"));
            await RefusedAsync(server, $"{path}/resume", new { previewToken = shown["token"] }, HttpStatusCode.Conflict, "preview-used");
        }
    }

    [Theory]
    [InlineData("tenant")]
    [InlineData("schedule")]
    public async Task Resume_ByThePreviewOfAnotherPause_Is409AndChangesNothing(string layer)
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var path = layer == "tenant" ? Tenant : $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}";
        await DoneAsync(server, $"{path}/pause", new { note = "first" });
        var shown = await DoneAsync(server, $"{path}/resume/preview", null);
        using var ended = await server.Client.PostAsync($"{path}/resume", null);
        Assert.True(ended.IsSuccessStatusCode);
        await DoneAsync(server, $"{path}/pause", new { note = "second" });

        await RefusedAsync(server, $"{path}/resume", new { previewToken = shown["token"] }, HttpStatusCode.Conflict, "preview-outdated");

        var paused = await server.GetAsync(layer == "tenant" ? $"{Tenant}/pause" : path);
        Assert.Equal("second", (string?)(paused["pause"] ?? paused["pauses"]![0])!["note"]);
    }

    [Fact]
    public async Task PauseAndResume_WithAnOldEtag_Are412AndSayWhatIsThere()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        foreach (var path in (string[])[Tenant, install])
        {
            var none = (string)(await server.GetAsync($"{path}/pause"))["etag"]!;
            await DoneAsync(server, $"{path}/pause", new { note = "move" });
            var paused = (string)(await server.GetAsync($"{path}/pause"))["etag"]!;

            foreach (var (verb, etag, status) in ((string, string, HttpStatusCode)[])
            [
                ("pause", none, HttpStatusCode.PreconditionFailed),
                ("resume", none, HttpStatusCode.PreconditionFailed),
                ("resume", paused, HttpStatusCode.NoContent),
            ])
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, $"{path}/{verb}");
                request.Content = verb == "pause" ? JsonContent.Create(new { note = "again" }) : null;
                request.Headers.TryAddWithoutValidation("If-Match", $"\"{etag}\"");
                using var answer = await server.Client.SendAsync(request);
                Assert.Equal((verb, status), (verb, answer.StatusCode));
                if (status == HttpStatusCode.PreconditionFailed)
                {
                    Assert.Equal("move", (string?)(await RunningServer.ReadAsync(answer))["current"]!["pause"]!["note"]);
                }
            }
        }
    }

    [Fact]
    public async Task Resume_OperatorsPauseByAnAdmin_Answers409AndStays()
    {
        await using var server = await RunningServer.StartAsync();
        await DoneAsync(server, $"{Tenant}/pause", new { note = "billing" });
        var admin = await DoneAsync(server, "/api/v1/tokens", new { name = "anna", role = "admin", tenants = new[] { "t1" } });
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)admin["secret"]!);

        using var refused = await client.PostAsync($"{Tenant}/resume", null);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("urn:escapement:problem:operators-pause", (string?)(await RunningServer.ReadAsync(refused))["type"]);
        Assert.Equal("billing", (string?)(await server.GetAsync($"{Tenant}/pause"))["pause"]!["note"]);
    }

    [Fact]
    public async Task RunNow_UnderAPauseOfTheTenant_Answers409AndUnderTheInstalls202()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var schedule = $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}";
        await DoneAsync(server, $"{install}/pause", new { note = "mending" });
        using var run = await server.Client.PostAsync($"{schedule}/run-now", null);
        Assert.Equal(HttpStatusCode.Accepted, run.StatusCode);
        await server.RecordedAsync();
        await DoneAsync(server, $"{Tenant}/pause", new { note = "database move" });

        var problem = await RefusedAsync(server, $"{schedule}/run-now", null, HttpStatusCode.Conflict, "paused");

        Assert.Equal("The tenant is paused: database move", (string?)problem["detail"]);
    }

    [Fact]
    public async Task Resume_ByThePreviewOfAnotherTenant_IsUnknownAndHolds()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = AspNetCore.EscapementRoles.Api);
        await DoneAsync(server, $"{Tenant}/pause", new { note = "billing" });
        await DoneAsync(server, "/api/v1/tenants/t2/pause", new { note = "billing" });
        var shown = await DoneAsync(server, $"{Tenant}/resume/preview", null);

        await RefusedAsync(server, "/api/v1/tenants/t2/resume", new { previewToken = shown["token"] }, HttpStatusCode.NotFound, "not-found");

        Assert.Equal("billing", (string?)(await server.GetAsync("/api/v1/tenants/t2/pause"))["pause"]!["note"]);
        using var resumed = await server.Client.PostAsJsonAsync($"{Tenant}/resume", new { previewToken = (string?)shown["token"] });
        Assert.True(resumed.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Resume_UnknownEnd_Answers400()
    {
        await using var server = await RunningServer.StartAsync();

        await RefusedAsync(server, $"{Tenant}/resume?onEnd=never", null, HttpStatusCode.BadRequest, "invalid-request");
    }

    private static (string? Layer, string? Note, string? OnEnd) Told(JsonNode pause) =>
        ((string?)pause["layer"], (string?)pause["note"], (string?)pause["onEnd"]);

    private static async Task<JsonObject> DoneAsync(RunningServer server, string path, object? body)
    {
        using var answer = await server.Client.PostAsync(path, body is null ? null : JsonContent.Create(body));
        Assert.True(answer.IsSuccessStatusCode, $"{path} answered {answer.StatusCode}");
        return await RunningServer.ReadAsync(answer);
    }

    private static async Task<JsonObject> RefusedAsync(RunningServer server, string path, object? body, HttpStatusCode status, string type)
    {
        using var answer = await server.Client.PostAsync(path, body is null ? null : JsonContent.Create(body));
        Assert.Equal(status, answer.StatusCode);
        var problem = await RunningServer.ReadAsync(answer);
        Assert.Equal($"urn:escapement:problem:{type}", (string?)problem["type"]);
        return problem;
    }
}
