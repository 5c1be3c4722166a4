using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Escapement.Access;
using Escapement.AspNetCore;
using Escapement.Audit;
using Escapement.Backfilling;
using Escapement.Events;
using Escapement.Scheduling;
using Escapement.Server.Tests.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Server.Tests.Api.Events;

public sealed class EventStreamTests
{
    [Fact]
    public async Task Watch_ATenant_TellsOfItsRunsAndSchedulesAndNoOthers()
    {
        await using var server = await RunningServer.StartAsync();
        var (one, two) = (await server.InstallAsync("t1"), await server.InstallAsync("t2"));
        using var answer = await OpenAsync(server, "/api/v1/tenants/t1/events");
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("resync", await EventAsync(lines));

        await server.CreateAsync(two, "of another");
        var schedule = (string)(await server.CreateAsync(one, "daily"))["id"]!;
        Assert.Equal($$"""schedule {"tenant":"t1","id":"{{schedule}}","what":"created"}""", await EventAsync(lines));
        using var queued = await server.Client.PostAsync($"{one}/schedules/{schedule}/run-now", null);
        var run = (await RunningServer.ReadAsync(queued))["id"];
        Assert.Equal($$"""run {"tenant":"t1","id":"{{run}}","what":"queued","scheduleId":"{{schedule}}"}""", await EventAsync(lines));
        Assert.Equal($$"""run {"tenant":"t1","id":"{{run}}","what":"running","scheduleId":"{{schedule}}"}""", await EventAsync(lines));
        Assert.Equal($$"""run {"tenant":"t1","id":"{{run}}","what":"succeeded","scheduleId":"{{schedule}}"}""", await EventAsync(lines));
    }

    [Fact]
    public async Task Watch_ABackfillThatIsSteered_IsToldOfItsSchedule()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api);
        var install = await server.InstallAsync("t1");
        var schedule = (string)(await server.CreateAsync(install, "daily"))["id"]!;
        using var answer = await OpenAsync(server, "/api/v1/tenants/t1/events");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("resync", await EventAsync(lines));
        var scope = new InstallScope(TenantId.Parse("t1"), new InstallId(Guid.Parse(install.Split('/')[^1])));
        var backfill = new Backfill
        {
            Id = Guid.NewGuid(),
            From = DateTimeOffset.UnixEpoch,
            To = DateTimeOffset.UnixEpoch,
            Of = BackfillOf.Missing,
            By = "ops",
            Since = DateTimeOffset.UnixEpoch,
            Total = 0,
            Left = [],
        };

        await server.Services.GetRequiredService<IBackfillStore>().ChangeAsync(
            scope,
            new ScheduleId(Guid.Parse(schedule)),
            range: null,
            _ => new BackfillChange(new BackfillOutcome.Done(backfill, [])),
            AuditEntry.Of(TimeProvider.System, scope, new Actor(ActorKind.Admin, "ops"), "schedule.backfill", schedule));

        Assert.Equal($$"""schedule {"tenant":"t1","id":"{{schedule}}","what":"backfill"}""", await EventAsync(lines));
    }

    [Fact]
    public async Task Watch_All_IsForThoseWhoHaveAll()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api);
        using var made = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = "x", role = "admin", tenants = new[] { "t1" } });
        var secret = (string)(await RunningServer.ReadAsync(made))["secret"]!;
        foreach (var (path, status) in ((string, HttpStatusCode)[])
        [
            ("/api/v1/events", HttpStatusCode.Forbidden),
            ("/api/v1/tenants/t2/events", HttpStatusCode.NotFound), ("/api/v1/tenants/t1/events", HttpStatusCode.OK),
        ])
        {
            using var answer = await OpenAsync(server, path, secret);
            Assert.Equal((path, status), (path, answer.StatusCode));
        }

        using var all = await OpenAsync(server, "/api/v1/events");
        Assert.Equal(HttpStatusCode.OK, all.StatusCode);
    }

    [Fact]
    public async Task Watch_MoreOftenThanACallerMay_Answers429AndOthersWatch()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api);
        using var made = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = "vera", role = "viewer", tenants = new[] { "t1" } });
        var token = await RunningServer.ReadAsync(made);
        var (secret, tenant) = ((string)token["secret"]!, TenantId.Parse("t1"));
        var caller = CallerKey.Of(
            new EscapementPrincipal(EscapementRole.Viewer, TenantScope.Of(tenant), "vera") { TokenId = Guid.Parse((string)token["id"]!) });
        var feed = server.Services.GetRequiredService<EventFeed>();
        var open = Enumerable.Range(0, EventFeed.MostOfCaller - 1).Select(_ => feed.Open(tenant, caller)!).ToList();

        using var last = await OpenAsync(server, "/api/v1/tenants/t1/events", secret);
        using var refused = await OpenAsync(server, "/api/v1/tenants/t1/events", secret);
        using var another = await OpenAsync(server, "/api/v1/tenants/t1/events");

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (last.StatusCode, refused.StatusCode, another.StatusCode));
        Assert.Equal(TimeSpan.FromSeconds(30), refused.Headers.RetryAfter?.Delta);
        open.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task Watch_PausesAndWhatIsUninstalled_AreToldAsChangesOfSchedules()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api);
        var install = await server.InstallAsync("t1");
        var schedule = (string)(await server.CreateAsync(install, "daily"))["id"]!;
        using var answer = await OpenAsync(server, "/api/v1/tenants/t1/events");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("resync", await EventAsync(lines));
        async Task Post(string path, object? body) =>
            Assert.True((await server.Client.PostAsync(path, body is null ? null : JsonContent.Create(body))).IsSuccessStatusCode);

        await Post("/api/v1/tenants/t2/pause", new { note = "not theirs" });
        await Post("/api/v1/pause", new { note = "everybody's" });
        Assert.Equal("""schedule {"what":"paused"}""", await EventAsync(lines));
        await Post("/api/v1/tenants/t1/pause", new { note = "theirs" });
        Assert.Equal("""schedule {"tenant":"t1","what":"paused"}""", await EventAsync(lines));
        await Post("/api/v1/tenants/t1/resume", body: null);
        Assert.Equal("""schedule {"tenant":"t1","what":"resumed"}""", await EventAsync(lines));
        await Post($"{install}/schedules/{schedule}/pause", new { note = "its own" });
        Assert.Equal($$"""schedule {"tenant":"t1","id":"{{schedule}}","what":"changed"}""", await EventAsync(lines));
        await Post($"{install}/disable", body: null);
        Assert.Equal("""schedule {"tenant":"t1","what":"changed"}""", await EventAsync(lines));
        using var removed = await server.Client.DeleteAsync(install);
        Assert.Equal("""schedule {"tenant":"t1","what":"deleted"}""", await EventAsync(lines));
        await Post(install.Replace("/installs/", "/uninstalled/", StringComparison.Ordinal) + "/restore", body: null);
        Assert.Equal("""schedule {"tenant":"t1","what":"restored"}""", await EventAsync(lines));
    }

    [Theory]
    [InlineData("expires")]
    [InlineData("revoked")]
    [InlineData("rotated")]
    public async Task Watch_ByATokenThatEndsMeanwhile_Ends(string how)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        await using var server = await RunningServer.StartAsync(
            o => o.Roles = EscapementRoles.Api, services: s => s.AddSingleton<TimeProvider>(time));
        using var made = await server.Client.PostAsJsonAsync(
            "/api/v1/tokens", new { name = "x", role = "viewer", tenants = new[] { "t1" }, expires = how == "expires" ? "2026-03-02T09:30:00Z" : "never" });
        var token = await RunningServer.ReadAsync(made);
        using var answer = await OpenAsync(server, "/api/v1/tenants/t1/events", (string?)token["secret"]);
        var rest = await GoesOnAsync(answer, time);
        switch (how)
        {
            case "expires":
                time.SetUtcNow(new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero));
                break;
            case "revoked":
                using (var revoked = await server.Client.DeleteAsync($"/api/v1/tokens/{token["id"]}"))
                {
                    Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
                }

                break;
            default:
                using (var rotated = await server.Client.PostAsJsonAsync($"/api/v1/tokens/{token["id"]}/rotate", new { graceSeconds = 0 }))
                {
                    Assert.Equal(HttpStatusCode.OK, rotated.StatusCode);
                }

                break;
        }

        await EndsAsync(server, rest, time);
    }

    [Theory]
    [InlineData("signed out")]
    [InlineData("revoked")]
    public async Task Watch_ByASessionThatEndsMeanwhile_Ends(string how)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        await using var server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api, services: s => s.AddSingleton<TimeProvider>(time));
        using var made = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = "x", role = "viewer", tenants = new[] { "t1" } });
        var token = await RunningServer.ReadAsync(made);
        using var browser = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Address };
        browser.DefaultRequestHeaders.Add("x-escapement-console", "1");
        browser.DefaultRequestHeaders.Add("Origin", $"http://{server.Address.Authority}");
        using var begun = await browser.PostAsJsonAsync("/api/v1/session", new { token = (string?)token["secret"] });
        browser.DefaultRequestHeaders.Add("Cookie", begun.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var answer = await browser.GetAsync("/api/v1/tenants/t1/events", HttpCompletionOption.ResponseHeadersRead);
        var rest = await GoesOnAsync(answer, time);

        using var ended = how == "revoked" ? await server.Client.DeleteAsync($"/api/v1/tokens/{token["id"]}") : await browser.DeleteAsync("/api/v1/session");

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        await EndsAsync(server, rest, time);
    }

    [Fact]
    public async Task Watch_ByAProvidersTokenThatExpiresMeanwhile_Ends()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var provider = await TestProvider.StartAsync();
        await using var server = await RunningServer.StartAsync(
            o =>
            {
                o.Roles = EscapementRoles.Api;
                o.Oidc = new OidcOptions
                {
                    Authority = provider.Authority,
                    Audience = "escapement",
                    Mappings = [new OidcMapping { Claim = "admin_of", Value = "*", Role = EscapementRole.Admin, Tenants = ["{value}"] }],
                };
            },
            services: s => s.AddSingleton<TimeProvider>(time));
        var token = await provider.TokenAsync("escapement", ("sub", "anna"), ("admin_of", "t1"));
        using var answer = await OpenAsync(server, "/api/v1/tenants/t1/events", token);
        var rest = await GoesOnAsync(answer, time);

        // The provider's are good for an hour.
        time.SetUtcNow(time.GetUtcNow().AddHours(2));

        await EndsAsync(server, rest, time);
        using var again = await OpenAsync(server, "/api/v1/tenants/t1/events", token);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    [Fact]
    public async Task Watch_OneTooMany_IsRefused()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api);
        var feed = server.Services.GetRequiredService<EventFeed>();
        var streams = Enumerable.Range(0, EventFeed.MostStreams).Select(_ => feed.Open(tenant: null)!).ToList();
        using var answer = await OpenAsync(server, "/api/v1/events");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "30"), (answer.StatusCode, answer.Headers.RetryAfter?.ToString()));
        streams.ForEach(s => s.Dispose());
    }

    private static async Task<HttpResponseMessage> OpenAsync(RunningServer server, string path, string? secret = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (secret is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        }

        return await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    // What comes behind the first event. The stream goes on for as long as its caller is let in.
    private static async Task<Task<string>> GoesOnAsync(HttpResponseMessage answer, FakeTimeProvider time)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("resync", await EventAsync(lines));
        var rest = lines.ReadToEndAsync(TestContext.Current.CancellationToken);
        time.Advance(EventPump.AccessEach);
        Assert.False(rest.IsCompleted);
        return rest;
    }

    // The stream asks by the same clock; it may be on its way to the next look. By the last of these no session is over by itself.
    private static async Task EndsAsync(RunningServer server, Task<string> rest, FakeTimeProvider time)
    {
        for (var looks = 0; !rest.IsCompleted && looks < 1_000; looks++)
        {
            time.Advance(EventPump.AccessEach);
            using var answer = await server.Client.GetAsync("/healthz");
        }

        Assert.True(rest.IsCompleted, "It goes on");
        Assert.DoesNotContain("event:", await rest, StringComparison.Ordinal);
    }

    // The next event, with its data unless that says nothing.
    private static async Task<string> EventAsync(StreamReader lines)
    {
        while (true)
        {
            var line = await lines.ReadLineAsync(TestContext.Current.CancellationToken);
            if (line is ['e', 'v', 'e', 'n', 't', ':', ' ', .. var name])
            {
                var data = (await lines.ReadLineAsync(TestContext.Current.CancellationToken))!["data: ".Length..];
                return data == "{}" ? name : $"{name} {data}";
            }
        }
    }
}
