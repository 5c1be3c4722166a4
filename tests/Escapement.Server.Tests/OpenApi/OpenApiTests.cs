using System.Text.Json.Nodes;
using Escapement.AspNetCore.OpenApi;
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

    // Making it takes seconds.
    [Fact]
    public async Task Document_AskedForAgain_IsTheOneThatWasMade()
    {
        await using var server = await RunningServer.StartAsync();
        var made = server.Services.GetRequiredService<MadeDocument>();

        var both = await Task.WhenAll(made.GetAsync(CancellationToken.None), made.GetAsync(CancellationToken.None));

        Assert.Same(both[0], both[1]);
        Assert.Same(both[0], await made.GetAsync(CancellationToken.None));
        Assert.Equal(both[0], await server.Client.GetByteArrayAsync("/openapi/v1.json"));
    }

    [Fact]
    public async Task Document_FieldsThatCanBeAbsent_AreNotRequired()
    {
        await using var server = await RunningServer.StartAsync();
        var schemas = (await server.GetAsync("/openapi/v1.json"))["components"]!["schemas"]!.AsObject();
        Assert.Contains("items", Required(schemas["PageOfRunJson"]!));
        Assert.All(schemas, schema => Assert.All(
            Required(schema.Value!),
            name => Assert.False(CanBeNull(schema.Value!["properties"]![name]!), $"{schema.Key}.{name} is required and can be null")));
    }

    [Fact]
    public async Task Document_Gateway_IsInItWithEveryMethod()
    {
        await using var server = await RunningServer.StartAsync();
        var gateway = (await server.GetAsync("/openapi/v1.json"))["paths"]!["/api/ext/{extensionId}/{path}"]!.AsObject();
        Assert.Equal(["delete", "get", "patch", "post", "put"], gateway.Select(o => o.Key).Order());
        Assert.Equal(["extensionId", "path", "x-alga-tenant"], gateway["post"]!["parameters"]!.AsArray().Select(p => (string?)p!["name"]));
        Assert.NotEmpty(gateway["get"]!["security"]!.AsArray());
    }

    private static IEnumerable<string> Required(JsonNode schema) => (schema["required"]?.AsArray() ?? []).Select(name => (string)name!);

    private static bool CanBeNull(JsonNode schema) => schema["type"] switch
    {
        JsonArray types => types.Any(type => (string?)type == "null"),
        JsonValue type => (string?)type == "null",
        _ => (schema["oneOf"]?.AsArray() ?? []).Any(one => CanBeNull(one!)),
    };
}
