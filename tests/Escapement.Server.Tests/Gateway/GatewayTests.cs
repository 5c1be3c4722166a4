using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Server.Tests.Gateway;

public sealed class GatewayTests
{
    private const string Root = "/api/ext/" + RunningServer.Extension;

    [Fact]
    public async Task Call_Headers_OnlyTheCallersOwnReachTheGuest()
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, Root + "/api/sync?a=%20b&c") { Content = content };
        foreach (var (name, value) in new[]
        {
            ("x-alga-tenant", "t1"), ("x-alga-extension", "forged"), ("x-alga-other", "forged"),
            ("x-scheduler-trigger", "forged"), ("x-idempotency-key", "forged"),
            ("x_alga_tenant", "forged"), ("X_Alga.User", "forged"), ("x_idempotency_key", "forged"), ("x-escapement-user", "forged"),
            ("x-request-id", "forged"), ("Cookie", "a=b"), ("X-Mine", "kept"), ("Connection", "keep-alive, X-Hop"), ("X-Hop", "dropped"), ("TE", "trailers"),
        })
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var answer = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var asked = Assert.Single(server.Sandbox.Asked).Request;
        Assert.Equal(("POST", "/api/sync?a=%20b&c", "{}"), (asked.Method, asked.Url, Encoding.UTF8.GetString(asked.Body!.Value.Span)));
        Assert.DoesNotContain(asked.Headers, h => h.Value is "forged" or "dropped" or "a=b");
        Assert.DoesNotContain(asked.Headers, h => h.Key is "authorization" or "cookie" or "connection" or "te" or "x-hop" or "content-length");
        Assert.Contains(new KeyValuePair<string, string>("x-mine", "kept"), asked.Headers);
        Assert.Contains(new KeyValuePair<string, string>("x-alga-tenant", "t1"), asked.Headers);
        Assert.Contains(new KeyValuePair<string, string>("x-alga-extension", RunningServer.Extension), asked.Headers);
        Assert.Contains(new KeyValuePair<string, string>("x-request-id", asked.RequestId), asked.Headers);
        Assert.Equal([asked.RequestId], answer.Headers.GetValues("x-request-id"));
    }

    [Theory]
    [InlineData("gateway", true)]
    [InlineData("operator", false)]
    public async Task Call_WithAUser_CountsFromTheRoleGatewayAlone(string role, bool counts)
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        using var made = await server.Client.PostAsJsonAsync(
            "/api/v1/tokens", new { name = "backend", role, tenants = new[] { role == "gateway" ? "t1" : "*" } });
        var secret = (string)(await RunningServer.ReadAsync(made))["secret"]!;
        using var answer = await CallAsUserAsync(server, secret, "eyJpZCI6Ijc_In0");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var users = Assert.Single(server.Sandbox.Asked).Request.Headers.Where(h => h.Key == "x-escapement-user").Select(h => h.Value);
        Assert.Equal(counts ? ["eyJpZCI6Ijc_In0"] : [], users);
    }

    [Theory]
    [InlineData("not base64url!")]
    [InlineData("")]
    public async Task Call_WithAUserOfAnotherForm_Is400FromTheGateway(string user)
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        using var made = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = "backend", role = "gateway", tenants = new[] { "t1" } });
        using var answer = await CallAsUserAsync(server, (string)(await RunningServer.ReadAsync(made))["secret"]!, user);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(server.Sandbox.Asked);
    }

    private static async Task<HttpResponseMessage> CallAsUserAsync(RunningServer server, string secret, string user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Root + "/api/status");
        request.Headers.Add("x-alga-tenant", "t1");
        Assert.True(request.Headers.TryAddWithoutValidation("x-escapement-user", user));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return await server.Client.SendAsync(request);
    }

    [Fact]
    public async Task Call_EncodedPath_KeepsItsEncoding()
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        using var answer = await GetAsync(server, "/api/items/a%2Fb%20c");
        Assert.Equal("/api/items/a%2Fb%20c", Assert.Single(server.Sandbox.Asked).Request.Url);
        Assert.Null(server.Sandbox.Asked.Single().Request.Body);
    }

    [Fact]
    public async Task Answer_Headers_WithoutThoseThatAreThePlatforms()
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        server.Sandbox.Respond(
            201, "made", ("content-type", "text/html"), ("set-cookie", "a=b"), ("x-mine", "kept"), ("transfer-encoding", "chunked"), ("content-length", "9999"),
            ("access-control-allow-origin", "*"), ("content-security-policy", "*"), ("bad name", "x"), ("x-split", "a\r\nset-cookie: c=d"),
            ("cache-control", "public, max-age=99999"), ("x-accel-redirect", "/etc/passwd"), ("x-sendfile", "/etc/passwd"), ("nel", "{}"), ("report-to", "{}"),
            ("permissions-policy", "camera=*"), ("refresh", "0;url=/"), ("x-alga-tenant", "t2"), ("x_alga_tenant", "t2"));
        using var answer = await GetAsync(server, "/api/status");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("made", await answer.Content.ReadAsStringAsync());
        Assert.Equal(4, answer.Content.Headers.ContentLength);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("x-content-type-options"));
        Assert.Equal(["no-store, private"], answer.Headers.GetValues("cache-control"));
        Assert.Equal(["kept"], answer.Headers.GetValues("x-mine"));
        Assert.Equal(["default-src 'none'; sandbox"], answer.Headers.GetValues("content-security-policy"));
        string[] kept = ["connection", "date", "server", "x-content-type-options", "cache-control", "x-mine", "content-security-policy", "x-request-id"];
        Assert.DoesNotContain(answer.Headers, h => !kept.Contains(h.Key, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Answer_CachingThatIsNarrow_IsTheGuests()
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        server.Sandbox.Respond(200, "", ("cache-control", "private, max-age=60"));
        using var answer = await GetAsync(server, "/api/status");
        Assert.Equal((true, TimeSpan.FromSeconds(60)), (answer.Headers.CacheControl!.Private, answer.Headers.CacheControl.MaxAge));
    }

    [Theory]
    [InlineData(RunReason.Trap, 502, "trap")]
    [InlineData(RunReason.OutOfMemory, 502, "out-of-memory")]
    [InlineData(RunReason.TimeOut, 504, "time-out")]
    public async Task Answer_GuestFailed_IsAProblemWithTheReason(RunReason reason, int status, string word)
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        server.Sandbox.Fail(reason, "what happened");
        using var answer = await GetAsync(server, "/api/status");
        Assert.Equal(status, (int)answer.StatusCode);
        var problem = await RunningServer.ReadAsync(answer);
        Assert.Equal((word, "what happened"), ((string?)problem["reason"], (string?)problem["detail"]));
        Assert.Equal(answer.Headers.GetValues("x-request-id").Single(), (string?)problem["requestId"]);
        Assert.Equal((string?)problem["requestId"], (string?)(await server.GetAsync((string)problem["log"]!))["requestId"]);
    }

    [Theory]
    [InlineData(true, 502, null)]
    [InlineData(false, 503, "1")]
    public async Task Answer_WorkerWasLost_SaysWhetherToTryAgain(bool alone, int status, string? retryAfter)
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        server.Sandbox.Answer = (_, _) => Task.FromResult<InvocationResult>(new InvocationResult.WorkerLost(alone, "it held too much memory"));
        using var answer = await GetAsync(server, "/api/status");
        Assert.Equal((status, retryAfter), ((int)answer.StatusCode, answer.Headers.RetryAfter?.ToString()));
        var problem = await RunningServer.ReadAsync(answer);
        Assert.Equal("worker-lost", (string?)problem["reason"]);
        Assert.Equal(answer.Headers.GetValues("x-request-id").Single(), (string?)problem["requestId"]);
        Assert.Equal("worker-lost", (string?)(await server.GetAsync((string)problem["log"]!))["reason"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    [InlineData(999)]
    public async Task Answer_StatusThatIsNotHttp_Is502(int status)
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        server.Sandbox.Respond(status);
        using var answer = await GetAsync(server, "/api/status");
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    public async Task Answer_BodyWhereNoneMayBe_IsLeftOut(int status)
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        server.Sandbox.Respond(status, "body");
        using var answer = await GetAsync(server, "/api/status");
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(null, "/api/status", 400)]
    [InlineData("a b", "/api/status", 400)]
    [InlineData("t2", "/api/status", 404)]
    [InlineData("t1", "/api/none", 404)]
    [InlineData("t1", "/api/hidden", 405)]
    public async Task Call_NotPossible_IsRefused(string? tenant, string path, int status)
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        using var answer = await GetAsync(server, path, tenant);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Empty(server.Sandbox.Asked);
        if (status == 405)
        {
            Assert.Equal(["POST"], answer.Content.Headers.Allow);
        }
    }

    [Theory]
    [InlineData(1024 * 1024, 200)]
    [InlineData((1024 * 1024) + 1, 413)]
    public async Task Call_BodyAtAndOverTheLimit_IsPassedOnOrRefused(int size, int status)
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Root + "/api/sync") { Content = new ByteArrayContent(new byte[size]) };
        request.Headers.Add("x-alga-tenant", "t1");
        using var answer = await server.Client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Call_CallerGoesAway_EndsTheGuest()
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Sandbox.Answer = async (_, cancellationToken) =>
        {
            started.SetResult();
            var never = new TaskCompletionSource();
            await Task.WhenAny(never.Task, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
            ended.SetResult();
            return new InvocationResult.Cancelled();
        };
        using var leaving = new CancellationTokenSource();
        var call = GetAsync(server, "/api/status", cancellationToken: leaving.Token);
        await started.Task.WaitAsync(TestContext.Current.CancellationToken);
        await leaving.CancelAsync();
        await ended.Task.WaitAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static async Task<HttpResponseMessage> GetAsync(
        RunningServer server, string path, string? tenant = "t1", CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Root + path);
        if (tenant is not null)
        {
            request.Headers.Add("x-alga-tenant", tenant);
        }

        return await server.Client.SendAsync(request, cancellationToken);
    }
}
