using System.Net.Http.Json;
using Escapement.Access;
using Escapement.AspNetCore.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.Server.Tests.Access;

public sealed class AccessAgainTests
{
    [Fact]
    public async Task IsLetIn_AfterATokenIsRevokedOrNamesAnotherTenant_IsNot()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = AspNetCore.EscapementRoles.Api);
        using var made = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = "x", role = "viewer", tenants = new[] { "t1" } });
        var token = await RunningServer.ReadAsync(made);
        var endpoint = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Single(e => e.RoutePattern.RawText == "/api/v1/tenants/{tenant}/events");
        await using var scope = server.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, Request = { Method = "GET" } };
        context.Request.Headers.Authorization = $"Bearer {token["secret"]}";
        context.SetEndpoint(endpoint);

        Assert.True(await new AccessAgain(context, TenantId.Parse("t1")).IsLetInAsync(CancellationToken.None));
        Assert.False(await new AccessAgain(context, TenantId.Parse("t2")).IsLetInAsync(CancellationToken.None));
        using var revoked = await server.Client.DeleteAsync($"/api/v1/tokens/{token["id"]}");
        Assert.False(await new AccessAgain(context, TenantId.Parse("t1")).IsLetInAsync(CancellationToken.None));
    }
}
