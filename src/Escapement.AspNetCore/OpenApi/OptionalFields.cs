using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Escapement.AspNetCore.OpenApi;

/// <summary>
/// Says of no field that can be null that it is there: what is null is left out of answers, and need not be in a request. The framework takes every
/// parameter of a record's constructor for required.
/// </summary>
internal sealed class OptionalFields : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var field in context.JsonTypeInfo.Properties.Where(p => p.IsGetNullable))
        {
            schema.Required?.Remove(field.Name);
        }

        return Task.CompletedTask;
    }
}
