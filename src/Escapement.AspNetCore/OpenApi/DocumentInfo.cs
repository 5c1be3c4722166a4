using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Escapement.AspNetCore.OpenApi;

/// <summary>What is said of the API as a whole.</summary>
internal sealed class DocumentInfo : IOpenApiDocumentTransformer
{
    public const string Scheme = "apiToken";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Escapement",
            Version = "v1",
            Description = "The HTTP API of the scheduler host. Times are ISO 8601, UTC, milliseconds. "
                + "Errors are problem details (RFC 9457) with a message for each wrong field in errors: "
                + "400 when a request cannot be read, 422 when it was read and breaks a rule, 409 when it clashes with what is stored.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "A token: the one that the server shows at its first start, or one that was made by it.",
        };
        return Task.CompletedTask;
    }
}
