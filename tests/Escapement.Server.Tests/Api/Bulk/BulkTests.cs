using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Escapement.Bulk;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.Server.Tests.Api.Bulk;

public sealed class BulkTests
{
    private const string Tenant = "/api/v1/tenants/t1";

    [Fact]
    public async Task Pause_ByASearch_IsShownDoneAndTakenBackAsOne()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await MadeAsync(server);

        var shown = await DoneAsync(server, $"{Tenant}/schedules/bulk/preview?q=import", new { action = "pause", note = "database move" });
        Assert.Equal((2, 2), ((int)shown["schedules"]!, (int)shown["changes"]!));
        Assert.Equal(["import a", "import b"], shown["first"]!.AsArray().Select(s => (string)s!["name"]!).Order());
        Assert.Equal(0, await PausedAsync(server, install));
        var begun = await DoneAsync(server, $"{Tenant}/schedules/bulk", new { previewToken = shown["token"] }, HttpStatusCode.Accepted);
        var done = await EndedAsync(server, begun);

        Assert.Equal(("done", 2, 0, "first-token"), ((string?)done["state"], (int)done["done"]!, (int)done["leftOut"]!, (string?)done["by"]));
        Assert.Equal(2, await PausedAsync(server, install));
        var undo = await DoneAsync(server, $"{Tenant}/bulk-changes/{begun["id"]}/undo/preview", null);
        Assert.Equal(2, (int)undo["schedules"]!);
        Assert.Equal(2, undo["first"]!.AsArray().Count);
        var undone = await DoneAsync(
            server, $"{Tenant}/bulk-changes/{begun["id"]}/undo", new { previewToken = undo["token"] }, HttpStatusCode.Accepted);
        Assert.Equal((string?)begun["id"], (string?)(await EndedAsync(server, undone))["undoes"]);
        Assert.Equal(0, await PausedAsync(server, install));
        Assert.Equal(2, (await server.GetAsync($"{Tenant}/bulk-changes"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Preview_ByIds_IsOfThoseAndOfNoOtherTenants()
    {
        await using var server = await RunningServer.StartAsync();
        await MadeAsync(server);
        var theirs = (string)(await server.CreateAsync(await server.InstallAsync("t2"), "theirs"))["id"]!;
        var all = (await server.GetAsync($"{Tenant}/schedules"))["items"]!.AsArray().Select(s => (string)s!["id"]!).ToList();
        string[] ids = [all[1], theirs, all[1]];

        var shown = await DoneAsync(server, $"{Tenant}/schedules/bulk/preview", new { action = "disable", ids });
        Assert.Equal((1, 1, all[1]), ((int)shown["schedules"]!, (int)shown["changes"]!, (string?)shown["first"]![0]!["id"]));
        var begun = await DoneAsync(server, $"{Tenant}/schedules/bulk", new { previewToken = shown["token"] }, HttpStatusCode.Accepted);
        Assert.Equal(1, (int)(await EndedAsync(server, begun))["done"]!);
        var none = await DoneAsync(server, $"{Tenant}/schedules/bulk/preview?enabled=true", new { action = "disable", ids });
        Assert.Equal((0, 0), ((int)none["schedules"]!, (int)none["changes"]!));
        var ofTheirs = await DoneAsync(server, $"{Tenant}/schedules/bulk/preview?cron=0%209%20*%20*%201-5&timezone=Nowhere", new { action = "delete" });
        Assert.Equal(0, (int)ofTheirs["schedules"]!);
    }

    [Fact]
    public async Task Begin_ChangedSinceItWasShown_IsLeftOutAndListed()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await MadeAsync(server);
        var shown = await DoneAsync(server, $"{Tenant}/schedules/bulk/preview", new { action = "disable" });
        var first = (string)shown["first"]![0]!["id"]!;
        using var edited = await server.Client.PatchAsJsonAsync($"{install}/schedules/{first}", new { cron = "5 5 * * *" });
        Assert.Equal(HttpStatusCode.OK, edited.StatusCode);

        var begun = await DoneAsync(server, $"{Tenant}/schedules/bulk", new { previewToken = shown["token"] }, HttpStatusCode.Accepted);
        var done = await EndedAsync(server, begun);

        Assert.Equal((2, 1), ((int)done["done"]!, (int)done["leftOut"]!));
        var left = Assert.Single((await server.GetAsync($"{Tenant}/bulk-changes/{begun["id"]}/left-out"))["items"]!.AsArray())!;
        Assert.Equal((first, "changed"), ((string?)left["scheduleId"], (string?)left["why"]));
        Assert.Equal(shown["first"]![0]!.ToJsonString(), left["schedule"]!.ToJsonString());
        await RefusedAsync(server, $"{Tenant}/schedules/bulk", new { previewToken = shown["token"] }, 409, "preview-used");
        await RefusedAsync(server, $"{Tenant}/bulk-changes/{begun["id"]}/cancel", null, 409, "bulk-ended");
    }

    [Theory]
    [InlineData("""{"action":"explode"}""", "action")]
    [InlineData("""{"action":"pause"}""", "note")]
    [InlineData("""{"action":"enable","ids":[]}""", "ids")]
    [InlineData("""{"action":"enable","ids":["x"]}""", "ids")]
    [InlineData("""{"action":"set-policy"}""", "policy")]
    [InlineData("""{"action":"set-policy","policy":{"missedMax":0}}""", "policy.missedMax")]
    [InlineData("""{"action":"enable","policy":{"missedMax":5}}""", "policy")]
    [InlineData("""{"action":"delete","until":"2030-01-01T00:00:00Z"}""", "until")]
    public async Task Preview_WrongField_Answers422AndNamesIt(string body, string field)
    {
        await using var server = await RunningServer.StartAsync();

        using var answer = await server.Client.PostAsync(
            $"{Tenant}/schedules/bulk/preview", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal([field], (await RunningServer.ReadAsync(answer))["errors"]!.AsObject().Select(e => e.Key));
    }

    [Fact]
    public async Task Preview_WithAFilterThatNobodyKnows_Is400()
    {
        await using var server = await RunningServer.StartAsync();

        await RefusedAsync(server, $"{Tenant}/schedules/bulk/preview?enabled=perhaps", new { action = "enable" }, 400, "invalid-request");
        await RefusedAsync(server, $"{Tenant}/schedules/bulk/preview?name=x", new { action = "enable" }, 400, "invalid-request");
    }

    [Fact]
    public async Task Change_OfAnotherTenantOrByItsPreview_IsUnknown()
    {
        await using var server = await RunningServer.StartAsync();
        await MadeAsync(server);
        await server.InstallAsync("t2");
        var shown = await DoneAsync(server, $"{Tenant}/schedules/bulk/preview", new { action = "disable" });
        await RefusedAsync(server, "/api/v1/tenants/t2/schedules/bulk", new { previewToken = shown["token"] }, 404, "not-found");
        var begun = await DoneAsync(server, $"{Tenant}/schedules/bulk", new { previewToken = shown["token"] }, HttpStatusCode.Accepted);

        foreach (var path in (string[])["/undo/preview", "/cancel"])
        {
            await RefusedAsync(server, $"/api/v1/tenants/t2/bulk-changes/{begun["id"]}{path}", null, 404, "not-found");
        }

        foreach (var path in (string[])["", "/left-out"])
        {
            using var unknown = await server.Client.GetAsync($"/api/v1/tenants/t2/bulk-changes/{begun["id"]}{path}");
            Assert.Equal((path, HttpStatusCode.NotFound), (path, unknown.StatusCode));
        }

        await EndedAsync(server, begun);
        var undo = await DoneAsync(server, $"{Tenant}/bulk-changes/{begun["id"]}/undo/preview", null);
        await RefusedAsync(server, $"/api/v1/tenants/t2/bulk-changes/{begun["id"]}/undo", new { previewToken = undo["token"] }, 404, "not-found");
        Assert.Empty((await server.GetAsync("/api/v1/tenants/t2/bulk-changes"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Preview_ByWhatIsOfAnother_FindsNothingOfTheirs()
    {
        await using var server = await RunningServer.StartAsync();
        await MadeAsync(server);
        var filters = (string[])["q=import", $"extension={RunningServer.Extension}", "endpoint=POST%20/api/sync", "enabled=true"];
        foreach (var filter in filters)
        {
            var none = await DoneAsync(server, $"/api/v1/tenants/t2/schedules/bulk/preview?{filter}", new { action = "delete" });
            Assert.Equal((filter, 0, 0), (filter, (int)none["schedules"]!, (int)none["changes"]!));
        }

        var own = await server.CreateAsync(await server.InstallAsync("t2"), "import of t2");
        foreach (var filter in filters)
        {
            var found = await DoneAsync(server, $"/api/v1/tenants/t2/schedules/bulk/preview?{filter}", new { action = "delete" });
            Assert.Equal((filter, (string?)own["id"]), (filter, (string?)Assert.Single(found["first"]!.AsArray())!["id"]));
        }
    }

    [Fact]
    public async Task Cancel_AnOperatorsChangeByAnAdmin_Answers409AndGoesOn()
    {
        await using var server = await RunningServer.StartAsync();
        await MadeAsync(server);
        var shown = await DoneAsync(server, $"{Tenant}/schedules/bulk/preview", new { action = "disable" });
        var begun = await DoneAsync(server, $"{Tenant}/schedules/bulk", new { previewToken = shown["token"] }, HttpStatusCode.Accepted);
        var made = await DoneAsync(server, "/api/v1/tokens", new { name = "anna", role = "admin", tenants = new[] { "t1" } }, HttpStatusCode.Created);
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", (string)made["secret"]!);

        using var refused = await client.PostAsync($"{Tenant}/bulk-changes/{begun["id"]}/cancel", null);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("urn:escapement:problem:operators-change", (string?)(await RunningServer.ReadAsync(refused))["type"]);
        Assert.Equal((3, "done"), (await EndedAsync(server, begun)) is var ended ? ((int)ended["done"]!, (string?)ended["state"]) : default);
    }

    /// <summary>The preview promised all of them, and the undo left all of them out.</summary>
    [Fact]
    public async Task PreviewUndo_OfAnOperatorsPauseByAnAdmin_SaysThatAllAreLeftOut()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await MadeAsync(server);
        var shown = await DoneAsync(server, $"{Tenant}/schedules/bulk/preview", new { action = "pause", note = "database move" });
        var begun = await DoneAsync(server, $"{Tenant}/schedules/bulk", new { previewToken = shown["token"] }, HttpStatusCode.Accepted);
        await EndedAsync(server, begun);
        var undo = $"{Tenant}/bulk-changes/{begun["id"]}/undo";
        var made = await DoneAsync(server, "/api/v1/tokens", new { name = "anna", role = "admin", tenants = new[] { "t1" } }, HttpStatusCode.Created);
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", (string)made["secret"]!);

        using var answer = await client.PostAsync($"{undo}/preview", null);
        var theirs = await RunningServer.ReadAsync(answer);

        Assert.Equal((3, 0), ((int)theirs["schedules"]!, (int)theirs["changes"]!));
        Assert.Equal(
            ["import a operators-pause", "import b operators-pause", "report operators-pause"],
            theirs["leftOut"]!.AsArray().Select(l => $"{l!["schedule"]!["name"]} {l["why"]}").Order(StringComparer.Ordinal));
        var first = (string)theirs["leftOut"]![0]!["scheduleId"]!;
        using var resumed = await server.Client.PostAsync($"{install}/schedules/{first}/resume", null);
        Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
        var operators = await DoneAsync(server, $"{undo}/preview", null);
        Assert.Equal((3, 2), ((int)operators["schedules"]!, (int)operators["changes"]!));
        var left = Assert.Single(operators["leftOut"]!.AsArray())!;
        Assert.Equal((first, "changed"), ((string?)left["scheduleId"], (string?)left["why"]));
        var undone = await DoneAsync(server, undo, new { previewToken = operators["token"] }, HttpStatusCode.Accepted);
        Assert.Equal((2, 1), await EndedAsync(server, undone) is var ended ? ((int)ended["done"]!, (int)ended["leftOut"]!) : default);
    }

    [Fact]
    public async Task Begin_SentAgainWithItsKey_BeginsOne()
    {
        await using var server = await RunningServer.StartAsync();
        await MadeAsync(server);
        var shown = await DoneAsync(server, $"{Tenant}/schedules/bulk/preview", new { action = "disable" });
        var answers = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Tenant}/schedules/bulk");
            request.Content = JsonContent.Create(new { previewToken = (string?)shown["token"] });
            request.Headers.Add("Idempotency-Key", "bulk-1");
            using var answer = await server.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            answers.Add(await answer.Content.ReadAsStringAsync());
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Single((await server.GetAsync($"{Tenant}/bulk-changes"))["items"]!.AsArray());
    }

    // Two that are called import, and one that is not.
    private static async Task<string> MadeAsync(RunningServer server)
    {
        var install = await server.InstallAsync();
        foreach (var name in (string[])["import a", "report", "import b"])
        {
            await server.CreateAsync(install, name);
        }

        return install;
    }

    private static async Task<int> PausedAsync(RunningServer server, string install) =>
        (await server.GetAsync($"{install}/schedules?paused=schedule"))["items"]!.AsArray().Count;

    private static async Task<JsonObject> EndedAsync(RunningServer server, JsonObject begun)
    {
        // Whoever carried out its last part: there is one writer.
        var keeper = server.Services.GetRequiredService<BulkKeeper>();
        while (await keeper.StepAsync(TestContext.Current.CancellationToken))
        {
        }

        return await server.GetAsync($"{Tenant}/bulk-changes/{begun["id"]}");
    }

    private static async Task<JsonObject> DoneAsync(RunningServer server, string path, object? body, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await server.Client.PostAsync(path, body is null ? null : JsonContent.Create(body));
        Assert.Equal((status, path), (answer.StatusCode, path));
        return await RunningServer.ReadAsync(answer);
    }

    private static async Task RefusedAsync(RunningServer server, string path, object? body, int status, string type)
    {
        using var answer = await server.Client.PostAsync(path, body is null ? null : JsonContent.Create(body));
        Assert.Equal(
            ((HttpStatusCode)status, $"urn:escapement:problem:{type}"), (answer.StatusCode, (string?)(await RunningServer.ReadAsync(answer))["type"]));
    }
}
