using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Escapement.Access;
using Escapement.AspNetCore;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Server.Tests.Access;

public sealed class AccessTableTests : IAsyncLifetime
{
    private const string OfATenant = "/api/v1/tenants/{tenant}/";
    private const string OfAnInstall = OfATenant + "installs/{installId}/";

    private static readonly string[] TheirIds = ["{installId}", "{scheduleId}", "{runId}", "{requestId}", "{auditId}", "{bulkId}"];

    // Each role once for all tenants and once for each of two.
    private static readonly (string Role, string? Tenant)[] Callers =
    [
        ("operator", null), ("publisher", null),
        .. from role in (string[])["admin", "viewer", "gateway"] from tenant in (string?[])[null, "t1", "t2"] select (role, tenant),
    ];

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> table = AccessTable.Read();
    private TestProvider provider = null!;
    private RunningServer server = null!;
    private HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        provider = await TestProvider.StartAsync();
        server = await RunningServer.StartAsync(
            o =>
            {
                o.Roles = EscapementRoles.Api;
                o.Oidc = new OidcOptions
                {
                    Authority = provider.Authority,
                    Audience = "escapement",
                    ClientId = "console",
                    Mappings = [new OidcMapping { Claim = "groups", Value = "ops", Role = EscapementRole.Operator }],
                };
            },
            services: s => s.AddSingleton<TimeProvider>(time),
            settings: ("Escapement:Telemetry:Prometheus", "true"));
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Address };
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public void Table_AgainstTheRoutesThatAreMapped_HasEachAndNoOther() => Assert.Equal(Routes().Order(), table.Keys.Order());

    [Fact]
    public async Task Routes_ByEveryRoleAndTenant_AnswerAsTheTableSays()
    {
        ThingsOfATenant[] tenants = [new(server, "t1"), new(server, "t2")];
        var secrets = new List<string>();
        foreach (var (role, tenant) in Callers)
        {
            secrets.Add(await MakeTokenAsync(role, tenant));
        }

        var wrong = new List<string>();
        var tried = 0;
        foreach (var (route, cells) in table)
        {
            foreach (var things in tenants)
            {
                foreach (var ((role, tenant), secret) in Callers.Zip(secrets))
                {
                    var path = await things.FillAsync(route.Split(' ')[1]);
                    using var answer = await SendAsync(route, path, things.Tenant, secret);
                    var body = await BodyAsync(answer);
                    var isOwn = tenant is null || tenant == things.Tenant;
                    var problem = await JudgeAsync(route, cells[role], isOwn, isAll: tenant is null, secret, answer, body, things);
                    if (problem is not null)
                    {
                        wrong.Add($"{route} of {things.Tenant} by {role} of {tenant ?? "all"}: {problem}");
                    }

                    if (answer.IsSuccessStatusCode)
                    {
                        things.Done(route);
                    }

                    tried++;
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(table.Count * 2 * Callers.Length, tried);
    }

    [Fact]
    public async Task Routes_WithoutAGoodToken_Answer401WhateverThereIs()
    {
        var things = new ThingsOfATenant(server, "t1");
        foreach (var secret in (string?[])[null, await ExpiredAsync(), await RevokedAsync(), "esc_" + new string('A', 43), "other"])
        {
            foreach (var (route, cells) in table)
            {
                // So that no answer waits for those before it.
                time.Advance(TimeSpan.FromMinutes(1));
                using var answer = await SendAsync(route, await things.FillAsync(route.Split(' ')[1]), "t1", secret);
                if (cells.IsOpen())
                {
                    Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
                    continue;
                }

                Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{route} answered {answer.StatusCode} to {secret ?? "nobody"}");
                Assert.Equal(secret is null ? "Bearer" : "Bearer error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
                using var nothing = await SendAsync(route, ThingsOfATenant.FillWithNothing(route.Split(' ')[1]), "never", secret);
                Assert.Equal(await answer.Content.ReadAsStringAsync(), await nothing.Content.ReadAsStringAsync());
            }
        }
    }

    // Another tenant's ids behind one's own tenant, and behind one's own install, are as unknown as ids that never were.
    [Fact]
    public async Task Routes_WithAnotherTenantsIds_AnswerAsForIdsThatNeverWere()
    {
        ThingsOfATenant[] tenants = [new(server, "t1"), new(server, "t2")];
        var secret = await MakeTokenAsync("admin", "t2");
        var own = await tenants[1].FillAsync(OfAnInstall);
        var examples = (await server.GetAsync("/openapi/v1.json"))["paths"]!.AsObject();
        var (wrong, tried) = (new List<string>(), 0);
        foreach (var (method, pattern) in table.Keys.Select(r => (r.Split(' ')[0], r.Split(' ')[1])))
        {
            if (!pattern.StartsWith(OfATenant, StringComparison.Ordinal))
            {
                continue;
            }

            string[] prefixes = [OfATenant, .. pattern.StartsWith(OfAnInstall, StringComparison.Ordinal) ? [OfAnInstall] : Array.Empty<string>()];
            foreach (var prefix in prefixes.Where(p => TheirIds.Any(id => pattern[p.Length..].Contains(id, StringComparison.Ordinal))))
            {
                var theirs = await tenants[0].FillAsync(pattern);
                var mine = prefix == OfAnInstall ? own : "/api/v1/tenants/t2/";
                var never = ThingsOfATenant.FillWithNothing(pattern[prefix.Length..]);
                var example = examples[pattern]?[method.ToLowerInvariant()]?["requestBody"]?["content"]?["application/json"]?["example"]?.ToJsonString();
                var (of, ofNothing) = (await AskAsync(mine + theirs[mine.Length..]), await AskAsync(mine + never));

                // What is wrong with the request itself may be said first; of a schedule that is gone there may be runs.
                var isFound = (int)of.Status < 400 && !(prefix == OfAnInstall && pattern.EndsWith("/{scheduleId}/runs", StringComparison.Ordinal));
                if (of != ofNothing || isFound || of.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                {
                    wrong.Add($"{method} {pattern} below {mine}: {of}, and of nothing {ofNothing}");
                }

                tried++;

                async Task<(HttpStatusCode Status, string Body)> AskAsync(string path)
                {
                    using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{at}", "2026-03-03T09:00:00Z", StringComparison.Ordinal));
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
                    request.Content = example is null ? null : new StringContent(example, Encoding.UTF8, "application/json");
                    using var answer = await client.SendAsync(request);
                    return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.InRange(tried, 70, 1_000);
    }

    // A stream of events does not end.
    private static async Task<string> BodyAsync(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync();

    // What is wrong about an answer, or null.
    private async Task<string?> JudgeAsync(
        string route, string cell, bool isOwn, bool isAll, string secret, HttpResponseMessage answer, string body, ThingsOfATenant things)
    {
        var expected = cell switch
        {
            "no" => HttpStatusCode.Forbidden,
            "all" when !isAll => HttpStatusCode.Forbidden,
            "own" when !isOwn && route is "GET /api/v1/tokens" or "GET /api/v1/sessions" => HttpStatusCode.OK,
            "own" when !isOwn && route == "POST /api/v1/tokens" => HttpStatusCode.Forbidden,
            "own" when !isOwn => HttpStatusCode.NotFound,
            "yes" or "all" or "own" => default(HttpStatusCode?),
            _ => throw new InvalidOperationException($"A cell that says {cell}"),
        };
        if (expected is null)
        {
            return answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound
                || (int)answer.StatusCode >= 500 ? $"answered {answer.StatusCode} {body}" : null;
        }

        if (answer.StatusCode != expected)
        {
            return $"answered {answer.StatusCode}, not {expected}";
        }

        if (expected == HttpStatusCode.OK)
        {
            return body.Contains(things.Token!, StringComparison.Ordinal) || body.Contains(things.Session!, StringComparison.Ordinal)
                ? "shows another tenant's token or session"
                : null;
        }

        using var nothing = await SendAsync(route, ThingsOfATenant.FillWithNothing(route.Split(' ')[1]), "never", secret);
        var ofNothing = await nothing.Content.ReadAsStringAsync();
        return nothing.StatusCode == expected && ofNothing == body ? null : $"tells what is there: {body} and {ofNothing}";
    }

    private IEnumerable<string> Routes() =>
        from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
        select $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}";

    private async Task<HttpResponseMessage> SendAsync(string route, string path, string tenant, string? secret)
    {
        var method = route.Split(' ')[0];
        using var request = new HttpRequestMessage(new HttpMethod(method == "ANY" ? "GET" : method), path);
        request.Headers.Add("x-alga-tenant", tenant);
        // With a look at the session it asks for another answer than 401.
        if (request.Method != HttpMethod.Get)
        {
            request.Headers.Add("x-escapement-console", "1");
        }

        request.Headers.Add("Origin", $"http://{server.Address.Authority}");
        request.Headers.Authorization = secret is null ? null : new AuthenticationHeaderValue("Bearer", secret);
        request.Content = route switch
        {
            "POST /api/v1/extensions" => new StringContent("no bundle", Encoding.UTF8, new MediaTypeHeaderValue("application/zstd")),
            "POST /api/v1/session" => JsonContent.Create(new { token = server.Token }),
            "POST /api/v1/tokens" => JsonContent.Create(new { name = "made", role = "viewer", tenants = new[] { tenant } }),
            "POST /api/v1/tokens/{tokenId}/rotate" => JsonContent.Create(new { }),
            "POST /api/v1/tenants/{tenant}/installs" => JsonContent.Create(new { extensionId = RunningServer.Extension }),
            "POST /api/v1/tenants/{tenant}/installs/{installId}/schedules" => JsonContent.Create(new { endpoint = "POST /api/sync", cron = "0 9 * * *" }),
            _ when method == "PATCH" => JsonContent.Create(new { enabled = true }),
            _ => null,
        };
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private async Task<string> MakeTokenAsync(string role, string? tenant)
    {
        var tenants = role is "operator" or "publisher" ? null : new[] { tenant ?? "*" };
        using var made = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = $"{role} of {tenant}", role, tenants, expires = "never" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return (string)(await RunningServer.ReadAsync(made))["secret"]!;
    }

    private async Task<string> ExpiredAsync()
    {
        var secret = TokenSecret.Make();
        var token = new ApiToken
        {
            Id = Ids.Next(time),
            Bearer = new EscapementPrincipal(EscapementRole.Operator, TenantScope.All, "of yesterday"),
            Sha256 = TokenSecret.Hash(secret)!,
            MadeBy = "test",
            CreatedAt = time.GetUtcNow(),
            ExpiresAt = time.GetUtcNow(),
        };
        await server.Services.GetRequiredService<ITokenStore>().AddAsync(token, []);
        return secret;
    }

    private async Task<string> RevokedAsync()
    {
        using var made = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = "revoked", role = "operator" });
        var token = await RunningServer.ReadAsync(made);
        using var revoked = await server.Client.DeleteAsync($"/api/v1/tokens/{token["id"]}");
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        return (string)token["secret"]!;
    }
}
