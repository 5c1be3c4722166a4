using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Escapement.AspNetCore.Problems;

/// <summary>The path of a request as its caller wrote it, before the server decoded it and took dot segments out.</summary>
internal static class RawPath
{
    private static readonly string[] Slashes = ["%2f", "%5c", "\\"];

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
    /// What makes a path mean different places to different readers, or null. The segments <c>.</c> and <c>..</c>, encoded or not, mean one place to
    /// routing and another to a guest; and in a target that is a whole URL the web server decodes a slash, which it does in no other. Whoever puts an
    /// id that somebody typed into a URL must reach neither what lies above nor what lies below.
    /// </summary>
    public static string? Fault(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var end = target.IndexOf('?', StringComparison.Ordinal);
        var path = end < 0 ? target : target[..end];
        if (path.Split('/', '\\').Any(segment => segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or ".."))
        {
            return "The path must not hold the segments . and ..";
        }

        return !path.StartsWith('/') && Array.Exists(Slashes, slash => path.Contains(slash, StringComparison.OrdinalIgnoreCase))
            ? "A target that is a whole URL must not hold an encoded slash"
            : null;
    }
}
