using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Escapement.Server.Tests.Api.Audit;

public sealed class UndoTests
{
    private const string Audit = "/api/v1/tenants/t1/audit";

    [Fact]
    public async Task Undo_OfAnEdit_ShowsTheFieldsAndTakesThemBack()
    {
        await using var server = await RunningServer.StartAsync();
        var schedule = await ChangedAsync(server, new { cron = "30 9 * * 1-5", enabled = false });
        var entry = await NewestAsync(server);
        Assert.Equal(
            [("cron", $"\"{server.Cron}\"", "\"30 9 * * 1-5\""), ("enabled", "true", "false")],
            entry["changes"]!.AsArray().Select(c => ((string)c!["field"]!, c["before"]!.ToJsonString(), c["after"]!.ToJsonString())));

        var shown = await DoneAsync(server, $"{Audit}/{entry["id"]}/undo/preview", null);
        Assert.Equal(["cron", "enabled"], shown["changes"]!.AsArray().Select(c => (string)c!["field"]!));
        Assert.Equal($"\"{server.Cron}\"", shown["changes"]![0]!["after"]!.ToJsonString());
        Assert.NotNull(shown["nextDueAt"]);
        var undo = await DoneAsync(server, $"{Audit}/{entry["id"]}/undo", new { previewToken = shown["token"] });

        var back = await server.GetAsync(schedule);
        Assert.Equal((server.Cron, true, (string?)shown["nextDueAt"]), ((string?)back["cron"], (bool)back["enabled"]!, (string?)back["nextDueAt"]));
        Assert.Equal(("schedule.undo", (string?)entry["id"]), ((string?)undo["action"], (string?)undo["undoes"]));
        var newest = await NewestAsync(server);
        Assert.True(newest.AsObject().Remove("names"));
        Assert.Equal(undo.ToJsonString(), newest.ToJsonString());
        await DoneAsync(server, $"{Audit}/{undo["id"]}/undo", new { previewToken = (await PreviewAsync(server, undo))["token"] });
        Assert.Equal("30 9 * * 1-5", (string?)(await server.GetAsync(schedule))["cron"]);
    }

    [Fact]
    public async Task Undo_ChangedBetweenTheLookAndTheClick_Is409AndSaysWhatDiffers()
    {
        await using var server = await RunningServer.StartAsync();
        var schedule = await ChangedAsync(server, new { cron = "30 9 * * 1-5" });
        var entry = await NewestAsync(server);
        var shown = await PreviewAsync(server, entry);
        using var edited = await server.Client.PatchAsJsonAsync(schedule, new { cron = "45 9 * * *" });
        Assert.Equal(HttpStatusCode.OK, edited.StatusCode);

        var refused = await RefusedAsync(server, $"{Audit}/{entry["id"]}/undo", new { previewToken = shown["token"] }, 409, "changed-since");

        var difference = Assert.Single(refused["differences"]!.AsArray())!;
        Assert.Equal(("cron", "30 9 * * 1-5", "45 9 * * *"), ((string?)difference["field"], (string?)difference["then"], (string?)difference["now"]));
        Assert.Equal("45 9 * * *", (string?)(await server.GetAsync(schedule))["cron"]);
        await RefusedAsync(server, $"{Audit}/{entry["id"]}/undo", new { previewToken = shown["token"] }, 409, "preview-used");
        await RefusedAsync(server, $"{Audit}/{entry["id"]}/undo/preview", null, 409, "changed-since");
    }

    [Fact]
    public async Task Undo_ByTwoAdminsAtOnce_OneTakesItBack()
    {
        await using var server = await RunningServer.StartAsync();
        await ChangedAsync(server, new { cron = "30 9 * * 1-5" });
        var entry = await NewestAsync(server);
        var tokens = new List<JsonNode?>();
        for (var i = 0; i < 4; i++)
        {
            tokens.Add((await PreviewAsync(server, entry))["token"]);
        }

        var answers = await Task.WhenAll(tokens.Select(t => server.Client.PostAsJsonAsync($"{Audit}/{entry["id"]}/undo", new { previewToken = t })));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Undo_OfAnotherTenantsEntryOrByItsPreview_IsUnknown()
    {
        await using var server = await RunningServer.StartAsync();
        await ChangedAsync(server, new { cron = "30 9 * * 1-5" });
        var entry = await NewestAsync(server);
        var shown = await PreviewAsync(server, entry);
        await server.InstallAsync("t2");

        await RefusedAsync(server, $"/api/v1/tenants/t2/audit/{entry["id"]}/undo/preview", null, 404, "not-found");
        await RefusedAsync(server, $"/api/v1/tenants/t2/audit/{entry["id"]}/undo", new { previewToken = shown["token"] }, 404, "not-found");
        await RefusedAsync(server, $"/api/v1/audit/{entry["id"]}/undo/preview", null, 404, "not-found");
        var other = (await server.GetAsync("/api/v1/tenants/t2/audit"))["items"]![0]!;
        await RefusedAsync(server, $"{Audit}/{entry["id"]}/undo", new { previewToken = (await PreviewAsync(server, other, "t2"))["token"] }, 404, "not-found");
    }

    [Fact]
    public async Task Undo_OfADeletionWhoseNameIsTaken_Is409AndTakesAnother()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var id = (string)(await server.CreateAsync(install, "nightly"))["id"]!;
        using var deleted = await server.Client.DeleteAsync($"{install}/schedules/{id}");
        var entry = await NewestAsync(server);
        var shown = await PreviewAsync(server, entry);
        await server.CreateAsync(install, "nightly");
        var foreseen = await RefusedAsync(server, $"{Audit}/{entry["id"]}/undo/preview", null, 409, "cannot-undo");
        Assert.Equal("Schedule name already in use: give it another as name", (string?)foreseen["errors"]!["name"]);
        var refused = await RefusedAsync(server, $"{Audit}/{entry["id"]}/undo", new { previewToken = shown["token"] }, 409, "cannot-undo");
        Assert.Equal(["name"], refused["errors"]!.AsObject().Select(e => e.Key));

        var renamed = await DoneAsync(server, $"{Audit}/{entry["id"]}/undo/preview", new { name = "nightly 2" });
        await DoneAsync(server, $"{Audit}/{entry["id"]}/undo", new { previewToken = renamed["token"] });

        Assert.Equal("nightly 2", (string?)(await server.GetAsync($"{install}/schedules/{id}"))["name"]);
    }

    [Fact]
    public async Task Undo_OfAnOperatorsPauseByAnAdmin_Is409()
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        await DoneAsync(server, "/api/v1/tenants/t1/pause", new { note = "billing" });
        var entry = await NewestAsync(server);
        var admin = await DoneAsync(server, "/api/v1/tokens", new { name = "anna", role = "admin", tenants = new[] { "t1" } }, HttpStatusCode.Created);
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)admin["secret"]!);

        using var refused = await client.PostAsync($"{Audit}/{entry["id"]}/undo/preview", null);

        Assert.Equal(
            (HttpStatusCode.Conflict, "urn:escapement:problem:operators-pause"),
            (refused.StatusCode, (string?)(await RunningServer.ReadAsync(refused))["type"]));
    }

    [Fact]
    public async Task Undo_OfAPauseOfTheHost_IsTheOperators()
    {
        await using var server = await RunningServer.StartAsync();
        await DoneAsync(server, "/api/v1/pause", new { note = "power" });
        var entry = (await server.GetAsync("/api/v1/audit"))["items"]![0]!;

        var shown = await DoneAsync(server, $"/api/v1/audit/{entry["id"]}/undo/preview", null);
        Assert.Equal(0, (int)shown["resume"]!["runs"]!);
        await DoneAsync(server, $"/api/v1/audit/{entry["id"]}/undo", new { previewToken = shown["token"] });

        Assert.False((await server.GetAsync("/api/v1/pause")).ContainsKey("pause"));
    }

    [Fact]
    public async Task Undo_OfWhatIsNoChange_Is409()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var id = (string)(await server.CreateAsync(install, "nightly"))["id"]!;
        using var queued = await server.Client.PostAsync($"{install}/schedules/{id}/run-now", null);
        Assert.Equal(HttpStatusCode.Accepted, queued.StatusCode);
        var entry = (await server.GetAsync(Audit))["items"]!.AsArray().First(e => (string?)e!["action"] == "schedule.run-now")!;

        await RefusedAsync(server, $"{Audit}/{entry["id"]}/undo/preview", null, 409, "not-undoable");
    }

    [Fact]
    public async Task Undo_SentAgainWithItsKey_IsAnsweredAsTheFirst()
    {
        await using var server = await RunningServer.StartAsync();
        await ChangedAsync(server, new { cron = "30 9 * * 1-5" });
        var entry = await NewestAsync(server);
        var body = new { previewToken = (string)(await PreviewAsync(server, entry))["token"]! };
        var answers = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Audit}/{entry["id"]}/undo") { Content = JsonContent.Create(body) };
            request.Headers.Add("Idempotency-Key", "undo-1");
            using var answer = await server.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            answers.Add(await answer.Content.ReadAsStringAsync());
        }

        Assert.Equal(answers[0], answers[1]);
    }

    private static async Task<string> ChangedAsync(RunningServer server, object change)
    {
        var install = await server.InstallAsync();
        var schedule = $"{install}/schedules/{(await server.CreateAsync(install, "nightly"))["id"]}";
        using var changed = await server.Client.PatchAsJsonAsync(schedule, change);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        return schedule;
    }

    private static async Task<JsonNode> NewestAsync(RunningServer server) => (await server.GetAsync(Audit))["items"]![0]!;

    private static Task<JsonObject> PreviewAsync(RunningServer server, JsonNode entry, string tenant = "t1") =>
        DoneAsync(server, $"/api/v1/tenants/{tenant}/audit/{entry["id"]}/undo/preview", null);

    private static async Task<JsonObject> DoneAsync(RunningServer server, string path, object? body, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await server.Client.PostAsync(path, body is null ? null : JsonContent.Create(body));
        Assert.Equal((status, path), (answer.StatusCode, path));
        return await RunningServer.ReadAsync(answer);
    }

    private static async Task<JsonObject> RefusedAsync(RunningServer server, string path, object? body, int status, string type)
    {
        using var answer = await server.Client.PostAsync(path, body is null ? null : JsonContent.Create(body));
        var problem = await RunningServer.ReadAsync(answer);
        Assert.Equal(((HttpStatusCode)status, $"urn:escapement:problem:{type}"), (answer.StatusCode, (string?)problem["type"]));
        return problem;
    }
}
