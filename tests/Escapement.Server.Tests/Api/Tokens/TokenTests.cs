using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Escapement.Access;
using Escapement.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.Server.Tests.Api.Tokens;

public sealed class TokenTests
{
    [Fact]
    public async Task Create_ForOneTenant_LetsInThereAndShowsItsSecretOnce()
    {
        await using var server = await RunningServer.StartAsync();
        using var answer = await server.Client.PostAsJsonAsync(
            "/api/v1/tokens", new { name = "Acme night shift", role = "admin", tenants = new[] { "acme", "acme-test" }, expires = "never" });
        Assert.Equal((HttpStatusCode.Created, "no-store"), (answer.StatusCode, answer.Headers.CacheControl?.ToString()));
        var made = await RunningServer.ReadAsync(answer);
        Assert.StartsWith("esc_", (string?)made["secret"], StringComparison.Ordinal);

        var shown = await server.GetAsync(answer.Headers.Location!.ToString());
        Assert.Equal(
            ("Acme night shift", "admin", "first-token", "acme,acme-test"),
            ((string?)shown["name"], (string?)shown["role"], (string?)shown["madeBy"], string.Join(',', shown["tenants"]!.AsArray().Select(t => (string?)t))));
        Assert.DoesNotContain(shown, f => f.Key is "secret" or "expiresAt" or "lastUsedAt" or "oldSecretUntil" or "extensionPrefixes");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, (string)made["secret"]!, "/api/v1/tenants/acme/runs"));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(server, (string)made["secret"]!, "/api/v1/tenants/globex/runs"));
    }

    [Fact]
    public async Task Create_WrongFields_NamesEveryOne()
    {
        await using var server = await RunningServer.StartAsync();
        using var answer = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = "", role = "viewer", expires = "soon" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(["expires", "name", "tenants"], (await RunningServer.ReadAsync(answer))["errors"]!.AsObject().Select(e => e.Key).Order());
    }

    [Fact]
    public async Task Create_MoreThanItsMaker_IsForbiddenAndAuditedWhereNoTenantSeesIt()
    {
        await using var server = await RunningServer.StartAsync();
        var admin = (string)(await MakeAsync(server, "admin", "acme"))["secret"]!;
        foreach (var (role, tenant) in ((string, string)[])[("operator", ""), ("publisher", ""), ("gateway", "acme"), ("admin", "*"), ("viewer", "globex")])
        {
            using var request = Request(HttpMethod.Post, "/api/v1/tokens", admin);
            request.Content = JsonContent.Create(new { name = "more", role, tenants = tenant.Length == 0 ? null : new[] { tenant } });
            using var answer = await server.Client.SendAsync(request);
            Assert.Equal((role, HttpStatusCode.Forbidden), (role, answer.StatusCode));
        }

        Assert.Equal(2, (await server.GetAsync("/api/v1/tokens"))["items"]!.AsArray().Count);
        Assert.Empty((await server.GetAsync("/api/v1/tenants/globex/audit"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Changes_OfTokensOfTenants_StandInTheAuditOfEach()
    {
        await using var server = await RunningServer.StartAsync();
        var token = await MakeAsync(server, "viewer", "acme", "globex");
        using var rotated = await server.Client.PostAsJsonAsync($"/api/v1/tokens/{token["id"]}/rotate", new { graceSeconds = 0 });
        Assert.Equal(HttpStatusCode.OK, rotated.StatusCode);
        using var revoked = await server.Client.DeleteAsync($"/api/v1/tokens/{token["id"]}");

        foreach (var tenant in (string[])["acme", "globex"])
        {
            var entries = (await server.GetAsync($"/api/v1/tenants/{tenant}/audit"))["items"]!.AsArray();
            Assert.Equal(["token.revoke", "token.rotate", "token.create"], entries.Select(e => (string?)e!["action"]));
            Assert.All(entries, e => Assert.Equal((string?)token["id"], (string?)e!["target"]));
            Assert.All(entries, e => Assert.Equal("first-token", (string?)e!["actor"]!["id"]));
            Assert.DoesNotContain("esc_", entries.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Rotate_WithAGrace_BothSecretsWork()
    {
        await using var server = await RunningServer.StartAsync();
        var token = await MakeAsync(server, "viewer", "acme");
        var old = (string)token["secret"]!;
        using var answer = await server.Client.PostAsJsonAsync($"/api/v1/tokens/{token["id"]}/rotate", new { expires = "never" });
        var rotated = await RunningServer.ReadAsync(answer);

        Assert.NotNull((string?)rotated["oldSecretUntil"]);
        Assert.False(rotated.ContainsKey("expiresAt"));
        Assert.NotEqual(old, (string?)rotated["secret"]);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, old));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, (string)rotated["secret"]!));
    }

    [Fact]
    public async Task Rotate_WithoutAGrace_TheOldSecretIsDoneAtOnce()
    {
        await using var server = await RunningServer.StartAsync();
        var token = await MakeAsync(server, "viewer", "acme");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, (string)token["secret"]!));
        using var answer = await server.Client.PostAsJsonAsync($"/api/v1/tokens/{token["id"]}/rotate", new { graceSeconds = 0 });

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(server, (string)token["secret"]!));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(604_801)]
    public async Task Rotate_GraceOutOfRange_IsRefused(long graceSeconds)
    {
        await using var server = await RunningServer.StartAsync();
        var token = await MakeAsync(server, "viewer", "acme");
        using var answer = await server.Client.PostAsJsonAsync($"/api/v1/tokens/{token["id"]}/rotate", new { graceSeconds, expires = "yesterday" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(["expires", "graceSeconds"], (await RunningServer.ReadAsync(answer))["errors"]!.AsObject().Select(e => e.Key).Order());
    }

    [Fact]
    public async Task Revoke_OneThatIsUsed_LetsInNoMore()
    {
        await using var server = await RunningServer.StartAsync();
        var token = await MakeAsync(server, "viewer", "acme");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, (string)token["secret"]!));
        using var revoked = await server.Client.DeleteAsync($"/api/v1/tokens/{token["id"]}");

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(server, (string)token["secret"]!));
        using var again = await server.Client.DeleteAsync($"/api/v1/tokens/{token["id"]}");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task List_Pages_AreEverythingNewestFirst()
    {
        await using var server = await RunningServer.StartAsync();
        for (var i = 0; i < 4; i++)
        {
            await MakeAsync(server, "viewer", $"t{i}");
        }

        var names = new List<string?>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await server.GetAsync("/api/v1/tokens?limit=2" + (cursor.Length == 0 ? "" : $"&cursor={cursor}"));
            names.AddRange(page["items"]!.AsArray().Select(t => (string?)t!["name"]));
            cursor = (string?)page["nextCursor"];
        }

        Assert.Equal(["viewer of t3", "viewer of t2", "viewer of t1", "viewer of t0", "first-token"], names);
    }

    [Fact]
    public async Task List_ByAnAdmin_HasWhatItSeesAlone()
    {
        await using var server = await RunningServer.StartAsync();
        await MakeAsync(server, "viewer", "acme");
        await MakeAsync(server, "viewer", "globex");
        await MakeAsync(server, "gateway", "acme");
        await MakeAsync(server, "viewer", "acme", "globex");
        var admin = (string)(await MakeAsync(server, "admin", "acme"))["secret"]!;

        using var request = Request(HttpMethod.Get, "/api/v1/tokens", admin);
        using var answer = await server.Client.SendAsync(request);
        var list = await RunningServer.ReadAsync(answer);

        Assert.Equal(["admin of acme", "viewer of acme"], list["items"]!.AsArray().Select(t => (string?)t!["name"]));
    }

    [Fact]
    public async Task Publish_OutsideOfItsPrefixes_IsForbiddenAndOthersAreNotThere()
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        using var made = await server.Client.PostAsJsonAsync(
            "/api/v1/tokens", new { name = "globex", role = "publisher", extensionPrefixes = new[] { "com.globex." } });
        var token = await RunningServer.ReadAsync(made);
        Assert.Equal(["com.globex."], token["extensionPrefixes"]!.AsArray().Select(p => (string?)p));
        Assert.False(token.ContainsKey("tenants"));
        var secret = (string)token["secret"]!;

        using var request = Request(HttpMethod.Get, "/api/v1/extensions", secret);
        using var answer = await server.Client.SendAsync(request);
        Assert.Empty((await RunningServer.ReadAsync(answer))["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(server, secret, $"/api/v1/extensions/{RunningServer.Extension}/versions"));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(server, secret, $"/api/v1/extensions/{RunningServer.Extension}/versions/1.0.0"));
        using var publish = Request(HttpMethod.Post, "/api/v1/extensions", secret);
        publish.Content = new ByteArrayContent(TestBundle.Make("com.acme.other")) { Headers = { ContentType = new MediaTypeHeaderValue("application/zstd") } };
        using var published = await server.Client.SendAsync(publish);
        Assert.Equal(HttpStatusCode.Forbidden, published.StatusCode);
        using var own = Request(HttpMethod.Post, "/api/v1/extensions", secret);
        own.Content = new ByteArrayContent(TestBundle.Make("com.globex.other")) { Headers = { ContentType = new MediaTypeHeaderValue("application/zstd") } };
        using var ownPublished = await server.Client.SendAsync(own);
        Assert.Equal(HttpStatusCode.Created, ownPublished.StatusCode);
    }

    [Fact]
    public async Task Use_OfAToken_IsShownToTheMinute()
    {
        await using var server = await RunningServer.StartAsync();
        var token = await MakeAsync(server, "viewer", "acme");
        await AskAsync(server, (string)token["secret"]!);
        await server.Services.GetRequiredService<TokenUses>().StopAsync(CancellationToken.None);

        var shown = await server.GetAsync($"/api/v1/tokens/{token["id"]}");
        var used = DateTimeOffset.Parse((string)shown["lastUsedAt"]!, CultureInfo.InvariantCulture);

        Assert.Equal(0, used.Second);
        Assert.InRange(TimeProvider.System.GetUtcNow() - used, TimeSpan.Zero, TimeSpan.FromMinutes(5));
    }

    private static async Task<JsonObject> MakeAsync(RunningServer server, string role, params string[] tenants)
    {
        using var made = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = $"{role} of {string.Join(", ", tenants)}", role, tenants });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return await RunningServer.ReadAsync(made);
    }

    private static async Task<HttpStatusCode> AskAsync(RunningServer server, string secret, string path = "/api/v1/tenants/acme/runs")
    {
        using var request = Request(HttpMethod.Get, path, secret);
        using var answer = await server.Client.SendAsync(request);
        return answer.StatusCode;
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string secret) =>
        new(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", secret) } };
}
