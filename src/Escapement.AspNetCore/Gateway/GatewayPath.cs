using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Gateway;

/// <summary>
/// The part of a request's target that is the extension's, percent-encoding and query as the caller wrote them. Routing works on
/// decoded paths, from which the original cannot be told.
/// </summary>
internal static class GatewayPath
{
    /// <summary>Path and query relative to the extension.</summary>
    public static string Read(HttpContext context, string gatewayRoot)
    {
        var path = RawPath.Of(context);

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
}
