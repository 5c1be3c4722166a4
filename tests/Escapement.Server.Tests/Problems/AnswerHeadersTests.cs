using System.Net.Http.Json;
using Escapement.AspNetCore;

namespace Escapement.Server.Tests.Problems;

/// <summary>A browser's cache gave what one account had read to whoever signed in after it.</summary>
public sealed class AnswerHeadersTests
{
    [Theory]
    [InlineData("/api/v1/session")]
    [InlineData("/api/v1/tokens")]
    [InlineData("/api/v1/audit?allTenants=true")]
    [InlineData("/api/v1/tenants/t1/runs")]
    [InlineData("/api/v1/tenants/t1/audit")]
    [InlineData("/api/v1/tenants/t1/events")]
    [InlineData("/api/v1/tenants/t1/schedules?name=unknown")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/metrics")]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task Get_OfWhatAsksForATokenOrHowTheHostIs_IsKeptByNobodyAndShownInNoFrame(string path)
    {
        await using var server = await RunningServer.StartAsync(
            o => o.Roles = EscapementRoles.Api, settings: ("Escapement:Telemetry:Prometheus", "true"));

        using var known = await server.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        server.Client.DefaultRequestHeaders.Authorization = null;
        using var unknown = await server.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(["no-store | default-src 'none'; frame-ancestors 'none' | nosniff"], new[] { known, unknown }.Select(HeadersOf).Distinct());
    }

    [Fact]
    public async Task Post_ThatMakesSomething_IsKeptByNobodyAndShownInNoFrame()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api);
        using var made = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = "anna", role = "admin", tenants = new[] { "t1" } });
        Assert.Equal("no-store | default-src 'none'; frame-ancestors 'none' | nosniff", HeadersOf(made));
    }

    private static string HeadersOf(HttpResponseMessage answer)
    {
        string[] names = ["Cache-Control", "Content-Security-Policy", "X-Content-Type-Options"];
        return string.Join(" | ", names.Select(n => string.Join(" and ", answer.Headers.GetValues(n))));
    }
}
