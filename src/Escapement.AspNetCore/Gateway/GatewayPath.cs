using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Escapement.AspNetCore.Gateway;

/// <summary>
/// The part of a request's target that is the extension's, percent-encoding and query as the caller wrote them. Routing works on
/// decoded paths, from which the original cannot be told.
/// </summary>
internal static class GatewayPath
{
    /// <summary>Path and query relative to the extension; null when the path has dot segments, which mean another place to routing than to the guest.</summary>
    public static string? Read(HttpContext context, string gatewayRoot)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/'))
        {
            // RFC 9112, section 3.2.2: proxies write the whole URL.
            target = Uri.TryCreate(target, UriKind.Absolute, out var uri) ? uri.PathAndQuery : "/";
        }

        var end = target.IndexOf('?', StringComparison.Ordinal);
        var path = end < 0 ? target : target[..end];
        if (path.Split('/').Any(IsDotSegment))
        {
            return null;
        }

        // Skips the segments of the mapping and the extension's id.
        var skip = Segments(context.Request.PathBase) + Segments(gatewayRoot) + 1;
        var at = 0;
        for (; skip > 0 && at >= 0; skip--)
        {
            at = path.IndexOf('/', at + 1);
        }

        return (at < 0 ? "/" : path[at..]) + context.Request.QueryString.Value;
    }

    private static int Segments(string? path) => (path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries).Length;

    private static bool IsDotSegment(string segment) =>
        segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..";
}
