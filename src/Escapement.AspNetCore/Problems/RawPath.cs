using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Escapement.AspNetCore.Problems;

/// <summary>The path of a request as its caller wrote it, before the server decoded it and took dot segments out.</summary>
internal static class RawPath
{
    public static string Of(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/'))
        {
            // RFC 9112, section 3.2.2: proxies write the whole URL.
            target = Uri.TryCreate(target, UriKind.Absolute, out var uri) ? uri.PathAndQuery : "/";
        }

        var end = target.IndexOf('?', StringComparison.Ordinal);
        return end < 0 ? target : target[..end];
    }

    /// <summary>
    /// Whether it has the segments <c>.</c> or <c>..</c>, encoded or not. They mean one place to routing and another to a guest, and whoever puts an
    /// id that somebody typed into a URL must not reach what lies above.
    /// </summary>
    public static bool HasDotSegments(HttpContext context) =>
        Of(context).Split('/').Any(segment => segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..");
}
