using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.Server.Tests.OpenApi;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Document_EveryApiRoute_IsInItWithItsStatuses()
    {
        await using var server = await RunningServer.StartAsync();
        var paths = (await server.GetAsync("/openapi/v1.json"))["paths"]!;
        var seen = 0;
        foreach (var route in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var pattern = "/" + route.RoutePattern.RawText!.Trim('/');
            if (!pattern.StartsWith("/api/v1", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var method in route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods)
            {
                var operation = paths[pattern]?[method.ToLowerInvariant()];
                Assert.True(operation is not null, $"{method} {pattern} is not in the document");
                Assert.NotEqual("", (string?)operation["operationId"] ?? "");
                Assert.NotEqual("", (string?)operation["summary"] ?? "");
                Assert.Equal(route.Metadata.GetMetadata<IAllowAnonymous>() is null, operation["security"]?.AsArray().Count > 0);
                var documented = operation["responses"]!.AsObject().Select(r => r.Key).ToHashSet();
                Assert.Superset(route.Metadata.OfType<IProducesResponseTypeMetadata>().Select(m => $"{m.StatusCode}").ToHashSet(), documented);
                Assert.Contains("401", documented);
                var declared = (operation["parameters"]?.AsArray() ?? []).Where(p => (string?)p!["in"] == "path").Select(p => (string)p!["name"]!).Order();
                Assert.Equal(route.RoutePattern.Parameters.Select(p => p.Name).Order(), declared);
                seen++;
            }
        }

        Assert.True(seen >= 19, $"Only {seen} operations were found");
    }
}
