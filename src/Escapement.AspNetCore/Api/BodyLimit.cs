using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;

namespace Escapement.AspNetCore.Api;

/// <summary>How large the body of a request may be.</summary>
internal static class BodyLimit
{
    /// <summary>Ten times the largest payload: as JSON text inside JSON, each of its bytes may take six.</summary>
    public const long Json = 1024 * 1024;

    /// <summary>Limits the body's size; the limit nearest to the route counts.</summary>
    public static TBuilder LimitBody<TBuilder>(this TBuilder route, long bytes)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Metadata(bytes));

    private sealed record Metadata(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
