using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Console.Serving;

/// <summary>What browsers are told of the console's answers: what its pages may do, and who may do what with them.</summary>
internal sealed partial class ConsoleHeaders
{
    private readonly string ancestors;

    public ConsoleHeaders(IReadOnlyList<string> frameAncestors)
    {
        if (frameAncestors.FirstOrDefault(a => !Source().IsMatch(a)) is { } wrong)
        {
            throw new ArgumentException(
                $"FrameAncestors has \"{wrong}\": use 'self', with its quotes, or origins such as https://portal.example", nameof(frameAncestors));
        }

        ancestors = frameAncestors.Count == 0 ? "'none'" : string.Join(' ', frameAncestors);
    }

    /// <summary>Writes them.</summary>
    /// <param name="response">Of a file, or of the page.</param>
    /// <param name="nonce">Of this answer, by which the page writes styles; null for files, which write none.</param>
    public void Write(HttpResponse response, string? nonce)
    {
        var style = nonce is null ? "'self'" : $"'self' 'nonce-{nonce}'";
        var headers = response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src {style}; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
            + $"frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}";
        headers.XContentTypeOptions = "nosniff";

        // Addresses name tenants and schedules, which no other site is to learn.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    [GeneratedRegex(@"^('self'|https?://[A-Za-z0-9.*\-\[\]:]+)\z")]
    private static partial Regex Source();
}
