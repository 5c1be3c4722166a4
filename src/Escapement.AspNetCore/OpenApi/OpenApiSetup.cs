using Escapement.Access;
using Escapement.AspNetCore.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Escapement.AspNetCore.OpenApi;

/// <summary>The OpenAPI document of our own paths; an application's own documents and paths stay apart.</summary>
internal static class OpenApiSetup
{
    public static void AddEscapementOpenApi(this IServiceCollection services)
    {
        services.AddSingleton<MadeDocument>();
        services.AddOpenApi(MadeDocument.Name, o =>
        {
            o.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            o.ShouldInclude = api => api.ActionDescriptor.EndpointMetadata.OfType<ApiMarker>().Any();
            o.AddDocumentTransformer<DocumentInfo>();
            o.AddDocumentTransformer<GatewayOperations>();
            o.AddOperationTransformer<OperationDetails>();
            o.AddSchemaTransformer<OptionalFields>();
        });
    }

    public static void MapOpenApiDocument(this IEndpointRouteBuilder endpoints, EscapementOptions options) =>
        endpoints.MapGet(options.OpenApiPath, WriteAsync).ExcludeFromDescription().RequireAccess(options).Asks(Permission.ReadDescription);

    private static async Task WriteAsync(HttpContext context, MadeDocument made)
    {
        var text = await made.GetAsync(context.RequestAborted);
        context.Response.ContentType = "application/json;charset=utf-8";
        await context.Response.Body.WriteAsync(text, context.RequestAborted);
    }
}

/// <summary>Marks what belongs into our OpenAPI document.</summary>
internal sealed record ApiMarker;

/// <summary>A header that a route takes.</summary>
internal sealed record RequestHeader(string Name, string Description);

/// <summary>A body that a route takes.</summary>
internal sealed record RequestExample(string Json);
