using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Server.Tests.Api.Pauses;

public sealed class PauseTests
{
    private const string Tenant = "/api/v1/tenants/t1";

    private static readonly DateTimeOffset Eight = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

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
        Assert.Equal(layer == "install", (bool)(await server.GetAsync(install))["paused"]!);
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
        foreach (var path in (string[])["/api/v1", Tenant, install])
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

    [Theory]
    [InlineData("tenant")]
    [InlineData("install")]
    [InlineData("schedule")]
    public async Task Resume_OperatorsPauseByAnAdmin_Answers409AndStays(string layer)
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var schedule = $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}";
        var path = layer switch { "tenant" => Tenant, "install" => install, _ => schedule };
        await DoneAsync(server, $"{path}/pause", new { note = "billing" });
        var admin = await DoneAsync(server, "/api/v1/tokens", new { name = "anna", role = "admin", tenants = new[] { "t1" } });
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)admin["secret"]!);
        using var looked = await client.PostAsync($"{path}/resume/preview", null);
        var shown = await RunningServer.ReadAsync(looked);

        foreach (var body in (object?[])[null, new { previewToken = (string)shown["token"]! }])
        {
            using var refused = await client.PostAsync($"{path}/resume", body is null ? null : JsonContent.Create(body));

            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Equal("urn:escapement:problem:operators-pause", (string?)(await RunningServer.ReadAsync(refused))["type"]);
            Assert.Equal((layer, "billing", "next"), Told(Assert.Single((await server.GetAsync(schedule))["pauses"]!.AsArray())!));
        }
    }

    // Of what was changed since it was shown, or came due since, nothing runs, and the answer lists both.
    [Theory]
    [InlineData("host")]
    [InlineData("tenant")]
    [InlineData("install")]
    public async Task Resume_ByItsPreview_LeavesOutWhatChangedSinceAndListsIt(string layer)
    {
        var time = new FakeTimeProvider(Eight);
        await using var server = await StartAsync(time);
        var install = await server.InstallAsync();
        var path = layer switch { "host" => "/api/v1", "tenant" => Tenant, _ => install };
        var same = await CreateAsync(server, install, "0 * * * *");
        var changed = await CreateAsync(server, install, "0 * * * *", missedMax: 1);
        var paused = await CreateAsync(server, install, "0 * * * *");
        var later = await CreateAsync(server, install, "0 12 * * *");
        await DoneAsync(server, $"{path}/pause", new { note = "move" });
        await DoneAsync(server, $"{install}/schedules/{paused}/pause", new { note = "its own" });
        time.SetUtcNow(Eight.AddMinutes(230));
        Assert.Empty(await server.ClaimAsync(time.GetUtcNow()));

        var shown = await DoneAsync(server, $"{path}/resume/preview?onEnd=all", null);

        Assert.Equal((3, 1, 2L, 4L), ((int)shown["schedules"]!, (int)shown["stayPaused"]!, (long)shown["skipped"]!, (long)shown["runs"]!));
        Assert.Equal(
            new[] { (same, false, 0, 3), (changed, false, 2, 1), (paused, true, 0, 0) }.Order(),
            shown["each"]!.AsArray().Select(e => ((string)e!["scheduleId"]!, (bool)e["staysPaused"]!, (int)e["skipped"]!, (int)e["runs"]!)).Order());
        time.SetUtcNow(Eight.AddMinutes(231));
        using var edited = await server.Client.PatchAsJsonAsync($"{install}/schedules/{changed}", new { policy = new { missedMax = 100 } });
        Assert.Equal(HttpStatusCode.OK, edited.StatusCode);
        time.SetUtcNow(Eight.AddMinutes(241));
        Assert.Empty(await server.ClaimAsync(time.GetUtcNow()));

        var resumed = await DoneAsync(server, $"{path}/resume", new { previewToken = (string)shown["token"]! });

        Assert.Equal(new[] { changed, later }.Order(), resumed["changedSince"]!.AsArray().Select(c => (string)c!).Order());
        Assert.Equal(Eight.AddHours(1), Assert.Single(await server.ClaimAsync(time.GetUtcNow())).DueAt);
        Assert.Equal(["running ", "skipped 1"], await LedgerAsync(server, same));
        Assert.Equal(["skipped 4"], await LedgerAsync(server, changed));
        Assert.Equal(["skipped 1"], await LedgerAsync(server, later));
        Assert.Empty(await LedgerAsync(server, paused));
    }

    [Fact]
    public async Task Resume_OfAScheduleByItsPreview_IsRefusedIfItChangedSinceAndElseDoesWhatWasShown()
    {
        var time = new FakeTimeProvider(Eight);
        await using var server = await StartAsync(time);
        var install = await server.InstallAsync();
        var id = await CreateAsync(server, install, "0 * * * *", missedMax: 1);
        var path = $"{install}/schedules/{id}";
        await DoneAsync(server, $"{path}/pause", new { note = "move" });
        time.SetUtcNow(Eight.AddMinutes(230));
        Assert.Empty(await server.ClaimAsync(time.GetUtcNow()));
        var shown = await DoneAsync(server, $"{path}/resume/preview?onEnd=all", null);
        Assert.Equal((1, 0, 2L, 1L), ((int)shown["schedules"]!, (int)shown["stayPaused"]!, (long)shown["skipped"]!, (long)shown["runs"]!));
        time.Advance(TimeSpan.FromSeconds(1));
        using var edited = await server.Client.PatchAsJsonAsync(path, new { policy = new { missedMax = 2 } });
        Assert.Equal(HttpStatusCode.OK, edited.StatusCode);

        await RefusedAsync(server, $"{path}/resume", new { previewToken = shown["token"] }, HttpStatusCode.Conflict, "preview-outdated");

        Assert.Equal("move", (string?)Assert.Single((await server.GetAsync(path))["pauses"]!.AsArray())!["note"]);
        var again = await DoneAsync(server, $"{path}/resume/preview?onEnd=all", null);
        Assert.Equal((1L, 2L), ((long)again["skipped"]!, (long)again["runs"]!));
        time.SetUtcNow(Eight.AddMinutes(241));
        await DoneAsync(server, $"{path}/resume", new { previewToken = again["token"] });
        Assert.Equal(Eight.AddHours(2), Assert.Single(await server.ClaimAsync(time.GetUtcNow())).DueAt);
        Assert.Equal(["running ", "skipped 2"], await LedgerAsync(server, id));
    }

    // One that is carried out counts; one that waits does not.
    [Theory]
    [InlineData("tenant")]
    [InlineData("install")]
    [InlineData("schedule")]
    public async Task Pause_RunsUnderWay_AreCountedInTheAnswer(string layer)
    {
        var time = new FakeTimeProvider(Eight);
        await using var server = await StartAsync(time);
        var install = await server.InstallAsync();
        var (one, other) = (await CreateAsync(server, install, "0 9 * * *"), await CreateAsync(server, install, "0 9 * * *"));
        string PathOf(string schedule) => layer switch { "tenant" => Tenant, "install" => install, _ => $"{install}/schedules/{schedule}" };
        using var running = await server.Client.PostAsync($"{install}/schedules/{one}/run-now", null);
        Assert.Single(await server.ClaimAsync(time.GetUtcNow()));
        using var queued = await server.Client.PostAsync($"{install}/schedules/{other}/run-now", null);
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (running.StatusCode, queued.StatusCode));

        Assert.Equal(1, (int)(await DoneAsync(server, $"{PathOf(one)}/pause", new { note = "move" }))["runsUnderWay"]!);
        if (layer == "schedule")
        {
            Assert.Equal(0, (int)(await DoneAsync(server, $"{PathOf(other)}/pause", new { note = "move" }))["runsUnderWay"]!);
        }
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

    private static Task<RunningServer> StartAsync(FakeTimeProvider time) =>
        RunningServer.StartAsync(o => o.Roles = AspNetCore.EscapementRoles.Api, services: s => s.AddSingleton<TimeProvider>(time));

    private static async Task<string> CreateAsync(RunningServer server, string install, string cron, int missedMax = 100) => (string)(await DoneAsync(
        server, $"{install}/schedules", new { endpoint = "POST /api/sync", cron, policy = new { missedMax } }))["id"]!;

    // What of each row is told: its state, and how many occurrences it stands for.
    private static async Task<IEnumerable<string>> LedgerAsync(RunningServer server, string schedule) =>
        (await server.GetAsync($"{Tenant}/runs?scheduleId={schedule}"))["items"]!.AsArray().Select(r => $"{r!["state"]} {r["missed"]?["count"]}").Order();

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
