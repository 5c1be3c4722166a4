using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Escapement.AspNetCore.OpenApi;

/// <summary>The gateway in the document: what is behind it is the extensions' own, so it is one path with every method and any body.</summary>
internal sealed class GatewayOperations(EscapementOptions options) : IOpenApiDocumentTransformer
{
    private static readonly HttpMethod[] Methods = [HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete];

    // Those of the host; an extension answers with any of its own.
    private static readonly (string Status, string What)[] Refusals =
    [
        ("400", "The tenant's header is missing or malformed"),
        ("401", "No token or an unknown one"),
        ("404", "The tenant has no such extension, or it has no such endpoint"),
        ("409", "The extension is disabled for this tenant"),
        ("429", "Too many calls of this install or tenant wait"),
        ("502", "The extension gave no answer; the body says why"),
        ("503", "The node is busy, or the call was ended"),
        ("504", "The extension did not answer in time"),
    ];

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Paths.Add(
            options.GatewayRoot + "/{extensionId}/{path}",
            new OpenApiPathItem { Operations = Methods.ToDictionary(m => m, m => Operation(m, document)) });
        return Task.CompletedTask;
    }

    private static OpenApiOperation Operation(HttpMethod method, OpenApiDocument document)
    {
        var name = method.Method[..1] + method.Method[1..].ToLowerInvariant();
        var operation = new OpenApiOperation
        {
            OperationId = $"callExtension{name}",
            Summary = "Call an endpoint of a tenant's extension",
            Description = "The extension answers, with a status, headers and a body of its own.",
            Tags = new HashSet<OpenApiTagReference> { new("Gateway", document) },
            Parameters =
            [
                Parameter("extensionId", ParameterLocation.Path, "The extension in reverse-domain form, such as com.acme.sync"),
                Parameter("path", ParameterLocation.Path, "The endpoint's path, of any number of segments, as its manifest declares it"),
                Parameter("x-alga-tenant", ParameterLocation.Header, "The tenant: 1 to 128 characters of A-Z a-z 0-9 . _ : -"),
            ],
            Responses = new OpenApiResponses { ["default"] = new OpenApiResponse { Description = "The extension's answer" } },
            Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(DocumentInfo.Scheme, document)] = [] }],
        };
        foreach (var (status, what) in Refusals)
        {
            operation.Responses[status] = new OpenApiResponse { Description = what };
        }

        return operation;
    }

    private static OpenApiParameter Parameter(string name, ParameterLocation location, string description) =>
        new() { Name = name, In = location, Required = true, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
